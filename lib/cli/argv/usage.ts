/**
 * The usage of the program and of its commands, in one line each.
 *
 * @module
 */
import type { Command, OptionSpec } from "../command.ts";
import { PROGRAM } from "../program.ts";

/** How to call the program (null) or a command, without arguments. */
export function programName(command: Command | null): string {
  return command === null ? PROGRAM : `${PROGRAM} ${command.name}`;
}

/** One of an option's flags, with the placeholder of its value. */
export function written({ metavar, withoutValue }: OptionSpec, flag: string): string {
  if (metavar === null) return flag;
  return withoutValue === undefined ? `${flag} ${metavar}` : `${flag}[=${metavar}]`;
}

/** The positional arguments of a command, as a usage has them. */
export function argumentWords({ positionals }: Command): readonly string[] {
  return Object.entries(positionals).map(([key, { required, several }]) => {
    const one = required ? key : `[${key}]`;
    if (!several) return one;
    return required ? `${one} [${key} ...]` : `[${key} ...]`;
  });
}

/** The usage of the program (null) or a command. */
export function usage(command: Command | null): string {
  const rest = command === null ? ["command", "..."] : argumentWords(command);
  return ["usage:", programName(command), "[options]", ...rest].join(" ");
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
