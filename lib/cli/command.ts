/**
 * A command as one value, from which the parser, the help, and all other descriptions of the
 * command line come.
 *
 * @module
 */
import type { Context } from "./context.ts";

/** The types of arguments, and what their values are. */
export interface ArgumentTypes {
  /** True if the option is given; it takes no value. */
  flag: boolean;
  /** A text as it is. */
  string: string;
  /** One of the option's `values`. */
  choice: string;
  /** A whole number. */
  integer: number;
  /** A whole number, 1 or more. */
  count: number;
  /** A number of seconds, 0 or more. */
  seconds: number;
  /** Texts; the option may be given several times. */
  strings: readonly string[];
}

/** Name of a type. */
export type ArgumentType = keyof ArgumentTypes;

/** What a shell can complete a value with. */
export type Completed = "revision" | "file" | "directory" | readonly string[];

/** A positional argument. */
export interface Positional {
  /** One line for the help. */
  readonly help: string;
  /** Whether it is required. */
  readonly required: boolean;
  /** Whether all further words are its values too; only the last one can be so. */
  readonly several?: boolean;
  /** What a shell can complete it with. */
  readonly values?: Completed;
}

/** An option. */
export interface OptionSpec<T extends ArgumentType = ArgumentType> {
  /** Its flags, the usual one first. */
  readonly flags: readonly string[];
  /** How to parse its value. */
  readonly type: T;
  /** The placeholder of the value in the help; null for a flag. */
  readonly metavar: string | null;
  /** Its value where it has none; an option with this takes none from the next word. */
  readonly withoutValue?: string;
  /** What a shell can complete its value with; a choice has no other values. */
  readonly values?: Completed;
  /** The name of the flag without which it has no meaning. */
  readonly requires?: string;
  /** A short text for the help. */
  readonly help: string;
}

type Positionals = Readonly<Record<string, Positional>>;
type Options = Readonly<Record<string, OptionSpec>>;

/** The values of a command's arguments; a missing flag is false, any other missing argument undefined. */
export type Values<P extends Positionals = Positionals, O extends Options = Options> =
  & {
    readonly [K in keyof P]: P[K]["several"] extends true ? readonly string[]
      : P[K]["required"] extends true ? string
      : string | undefined;
  }
  & {
    readonly [K in keyof O]: O[K]["type"] extends "flag" ? boolean
      : O[K] extends { readonly type: "choice"; readonly values: readonly (infer V)[] }
        ? V | undefined
      : ArgumentTypes[O[K]["type"]] | undefined;
  };

/** A value for `JSON.stringify`. */
export type Json = string | number | boolean | null | readonly Json[] | {
  readonly [name: string]: Json;
};

/** The result of a command, for standard output. */
export interface Result {
  /** For people. */
  readonly lines: readonly string[];
  /** Whether the lines are a script or a file, of which every byte counts. */
  readonly isVerbatim?: boolean;
  /** For programs, with `--json`. */
  readonly json: Json;
  /** The exit code; 0 by default. */
  readonly exitCode?: number;
}

/** The groups of commands, in the order of the help. */
export const GROUPS = {
  everyday: "Everyday",
  scripts: "Scripts and lists",
  checks: "Checks",
  writing: "Writing revisions",
  repairs: "Repairs",
} as const;

/** A command line, without the program's name, and what it does in a few words. */
export type Example = readonly [line: string, words: string];

/** The command line of a command. */
export interface CommandSpec<P extends Positionals, O extends Options> {
  /** Its name. */
  readonly name: string;
  /** The group that it belongs to. */
  readonly group: keyof typeof GROUPS;
  /** Its other names. */
  readonly aliases?: readonly string[];
  /** Its description, in one line. */
  readonly summary: string;
  /** What else is to be known, in a few sentences. */
  readonly details?: string | null;
  /** In their order on the command line. */
  readonly positionals: P;
  /** By the names that their values have. */
  readonly options: O;
  /** Two or three ways to use it; a test runs them. */
  readonly examples: readonly Example[];
  /** The exit code of every failure and of wrong usage, where theirs are results; that of the error by default. */
  readonly faultCode?: number | null;
}

/** Defines a spec; the types of its values are inferred from its arguments. */
export function spec<const P extends Positionals, const O extends Options>(
  one: CommandSpec<P, O>,
): CommandSpec<P, O> {
  return one;
}

/** The function of a command. */
export type CommandFunction<S> = S extends CommandSpec<infer P, infer O>
  ? (context: Context, values: Values<P, O>) => Promise<Result>
  : never;

/** A command with any arguments. */
export interface Command extends Required<CommandSpec<Positionals, Options>> {
  /** Loads the command's modules and runs it. */
  run(context: Context, values: Values): Promise<Result>;
}

/** Makes a command from its spec and the file that implements it. */
export function command<P extends Positionals, O extends Options>(
  { aliases = [], details = null, faultCode = null, ...one }: CommandSpec<P, O>,
  load: () => Promise<{ readonly default: CommandFunction<CommandSpec<P, O>> }>,
): Command {
  const run = async (context: Context, values: Values) => {
    const { default: perform } = await load();
    // The parser has produced them from this spec.
    return await perform(context, values as Values<P, O>);
  };
  return { ...one, aliases, details, faultCode, run };
}

/** The command lines of these commands. */
export function namesOf(commands: readonly Command[]): readonly string[] {
  return commands.flatMap(({ name, aliases }) => [name, ...aliases]);
}
