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
