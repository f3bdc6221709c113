/**
 * The usage of the program and of its commands, laid out as argparse does.
 *
 * @module
 */
import { type Command, namesOf, type OptionSpec } from "../command.ts";
import { PROGRAM } from "../program.ts";
import { GLOBAL_OPTIONS, HELP_OPTION } from "./global_options.ts";

const PREFIX = "usage: ";

/** The commands to choose from. */
export const choices = (commands: readonly Command[]): string => `{${namesOf(commands).join(",")}}`;

/** How to call the program (null) or a command, without arguments. */
export function programName(command: Command | null): string {
  return command === null ? PROGRAM : `${PROGRAM} ${command.name}`;
}

/** The options that the help of the program (null) or a command lists. */
export function listedOptions(command: Command | null): readonly OptionSpec[] {
  return command === null ? GLOBAL_OPTIONS : [HELP_OPTION, ...Object.values(command.options)];
}

/** One of an option's flags, with the placeholder of its value. */
export function written({ metavar, withoutValue }: OptionSpec, flag: string): string {
  if (metavar === null) return flag;
  return withoutValue === undefined ? `${flag} ${metavar}` : `${flag}[=${metavar}]`;
}

/**
 * The usage of the program (null) or a command: in one line if that fits, else options and
 * positional arguments each begin a line of their own.
 */
export function usage(
  command: Command | null,
  width: number,
  commands: readonly Command[],
): string {
  const name = programName(command);
  const options = listedOptions(command).map((option) => `[${written(option, option.flags[0]!)}]`);
  const positionals = command === null
    ? [choices(commands), "..."]
    : Object.entries(command.positionals).map(([key, { required, several }]) => {
      const one = required ? key : `[${key}]`;
      return several ? `${one} [${key} ...]` : one;
    });
  const single = [PREFIX + name, ...options, ...positionals].join(" ");
  if (single.length <= width) return single;
  const indent = " ".repeat(PREFIX.length + name.length + 1);
  const lines = [...filled(options, width - indent.length)];
  lines.push(...filled(positionals, width - indent.length));
  return `${PREFIX}${name} ${lines.join(`\n${indent}`)}`;
}

/** Wraps words into lines; one that is too long has a line of its own. */
export function filled(words: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of words) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && longer.length <= width) lines.splice(-1, 1, longer);
    else lines.push(word);
  }
  return lines;
}
