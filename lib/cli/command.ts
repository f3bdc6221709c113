/**
 * What a command is: one value, from which the parser, the help, and all other descriptions of the
 * command line come.
 *
 * @module
 */
import type { Context } from "./context.ts";

/** The types of arguments, and what their values are. */
export interface ArgumentTypes {
  /** True when the option is given; it takes no value. */
  flag: boolean;
  /** A text as it is. */
  string: string;
  /** A whole number. */
  integer: number;
  /** A whole number, 0 or more, of seconds. */
  seconds: number;
  /** Texts as they are: the option may be given several times. */
  strings: readonly string[];
}

/** Name of a type. */
export type ArgumentType = keyof ArgumentTypes;

/** An argument that is known by its place. */
export interface Positional {
  /** One line for the help. */
  readonly help: string;
  /** Whether it must be given. */
  readonly required: boolean;
  /** Whether all further words are its values too; only the last one can be so. */
  readonly several?: boolean;
}

/** An argument that is known by its name. */
export interface OptionSpec<T extends ArgumentType = ArgumentType> {
  /** How it is given, the usual way first. */
  readonly flags: readonly string[];
  /** How its value is read. */
  readonly type: T;
  /** What stands for the value in the help; null for a flag. */
  readonly metavar: string | null;
  /** A few words for the help. */
  readonly help: string;
}

type Positionals = Readonly<Record<string, Positional>>;
type Options = Readonly<Record<string, OptionSpec>>;

/** The values of a command's arguments: flags are false, and all others undefined, when not given. */
export type Values<P extends Positionals = Positionals, O extends Options = Options> =
  & {
    readonly [K in keyof P]: P[K]["several"] extends true ? readonly string[]
      : P[K]["required"] extends true ? string
      : string | undefined;
  }
  & {
    readonly [K in keyof O]: O[K]["type"] extends "flag" ? boolean
      : ArgumentTypes[O[K]["type"]] | undefined;
  };

/** What `JSON.stringify` takes. */
export type Json = string | number | boolean | null | readonly Json[] | {
  readonly [name: string]: Json;
};

/** What a command has to say on standard output. */
export interface Result {
  /** For people. */
  readonly lines: readonly string[];
  /** For programs, with `--json`. */
  readonly json: Json;
  /** The exit code; 0 unless given. */
  readonly exitCode?: number;
}

/** What can be typed for a command. */
export interface CommandSpec<P extends Positionals, O extends Options> {
  /** What one types. */
  readonly name: string;
  /** Other names for the same. */
  readonly aliases?: readonly string[];
  /** What it does, in one line. */
  readonly summary: string;
  /** In the order in which they are given. */
  readonly positionals: P;
  /** By the names that their values have. */
  readonly options: O;
}

/** Writes a spec down; the types of its values come from its own table of arguments. */
export function spec<const P extends Positionals, const O extends Options>(
  one: CommandSpec<P, O>,
): CommandSpec<P, O> {
  return one;
}

/** What the command of a spec does. */
export type Run<S> = S extends CommandSpec<infer P, infer O>
  ? (context: Context, values: Values<P, O>) => Promise<Result>
  : never;

/** A command whose own arguments are not known any more. */
export interface Command extends Required<CommandSpec<Positionals, Options>> {
  /** Loads what the command needs, all of it before anything is done, and does it. */
  run(context: Context, values: Values): Promise<Result>;
}

/** Makes a command of a spec, and of the file that does what it says. */
export function command<P extends Positionals, O extends Options>(
  { aliases = [], ...one }: CommandSpec<P, O>,
  load: () => Promise<{ readonly default: Run<CommandSpec<P, O>> }>,
): Command {
  const run = async (context: Context, values: Values) => {
    const { default: perform } = await load();
    // The parser has read them by this very spec.
    return await perform(context, values as Values<P, O>);
  };
  return { ...one, aliases, run };
}

/** Everything that can be typed for these commands. */
export function namesOf(commands: readonly Command[]): readonly string[] {
  return commands.flatMap(({ name, aliases }) => [name, ...aliases]);
}
