/**
 * Parses the command line as argparse does, so that it accepts and refuses the same.
 *
 * @module
 */
import { UsageError } from "../../errors.ts";
import {
  type ArgumentType,
  type ArgumentTypes,
  type Command,
  namesOf,
  type OptionSpec,
  type Values,
} from "../command.ts";
import {
  type Announcement,
  GLOBAL_OPTIONS,
  type GlobalOption,
  type GlobalValues,
  NO_GLOBALS,
} from "./global_options.ts";
import { matchOption, optionName } from "./match.ts";
import { invalidChoice, readValue } from "./values.ts";

/** A parsed command line. */
export type Parsed =
  | {
    readonly kind: "run";
    readonly command: Command;
    readonly values: Values;
    readonly globals: GlobalValues;
  }
  | { readonly kind: Announcement; readonly command: Command | null }
  | {
    readonly kind: "mistake";
    readonly command: Command | null;
    /** Whose usage is shown: argparse shows that of the whole program for what no command knows. */
    readonly usageOf: Command | null;
    readonly error: UsageError;
  };

/** The state of the parser. */
interface Reading {
  readonly commands: readonly Command[];
  readonly words: string[];
  readonly positionals: string[];
  readonly unknown: string[];
  readonly values: Record<string, ArgumentTypes[ArgumentType]>;
  globals: GlobalValues;
  command: Command | null;
  announced: Announcement | null;
}

/** Parses the words after the program's name. Never throws: a mistake is a result as well. */
export async function parse(
  argv: readonly string[],
  commands: readonly Command[],
): Promise<Parsed> {
  const reading: Reading = {
    commands,
    words: [...argv],
    positionals: [],
    unknown: [],
    values: {},
    globals: NO_GLOBALS,
    command: null,
    announced: null,
  };
  try {
    await readWords(reading);
    if (reading.announced) return { kind: reading.announced, command: reading.command };
    return await finished(reading);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { kind: "mistake", command: reading.command, usageOf: reading.command, error };
  }
}

/** Parses word after word, up to the end or a request for help. */
async function readWords(reading: Reading): Promise<void> {
  const { words } = reading;
  while (words.length > 0 && reading.announced === null) {
    const word = words.shift()!;
    if (word === "--") {
      for (const rest of words.splice(0)) await readPositional(reading, rest);
    } else if (looksLikeOption(word)) readOption(reading, word);
    else await readPositional(reading, word);
  }
}

/** Negative numbers, a single dash and texts with blanks are no options. */
function looksLikeOption(word: string): boolean {
  return /^-./s.test(word) && !/^-(\d+|\d*\.\d+)$/.test(word) && !/^[^=]* /.test(word);
}

async function readPositional(reading: Reading, word: string): Promise<void> {
  const { command, commands, positionals, unknown } = reading;
  // As a revision it would be split at its "@", and the message would show the password.
  if (word.includes("://")) {
    throw unknown.length > 0 ? await unrecognized(reading) : new UsageError({
      failed: "a database URL is not an argument",
      remedy: "use --connection",
    });
  }
  if (command !== null) {
    const places = Object.values(command.positionals);
    const room = places.length > positionals.length || places.at(-1)?.several;
    (room ? positionals : unknown).push(word);
    return;
  }
  reading.command = commands.find((one) => namesOf([one]).includes(word)) ?? null;
  if (reading.command !== null) return;
  // What looks like a command may be the value of an unknown option before it.
  throw unknown.length > 0 ? await unrecognized(reading) : await unknownCommand(word, commands);
}

function readOption(reading: Reading, word: string): void {
  const own = Object.entries(reading.command?.options ?? {})
    .map(([key, option]) => ({ ...option, key }));
  const match = matchOption<OptionSpec & ({ key: string } | GlobalOption)>(word, [
    own,
    GLOBAL_OPTIONS,
  ]);
  if (match === undefined) {
    reading.unknown.push(word);
    return;
  }
  const { option } = match;
  const text = option.type === "flag"
    ? flagAlone(reading, option, word, match.attached)
    : match.attached ?? option.withoutValue ?? nextWord(reading, option);
  if ("key" in option) {
    const value = readValue(option, text);
    const before = reading.values[option.key];
    reading.values[option.key] = Array.isArray(before) && Array.isArray(value)
      ? [...before, ...value]
      : value;
  } else {
    readValue(option, text);
    reading.globals = option.set(reading.globals, text);
    reading.announced = option.announces;
  }
}

/** A flag takes no value, but further short options may follow it directly. */
function flagAlone(
  { words }: Reading,
  option: OptionSpec,
  word: string,
  attached: string | null,
): string {
  if (attached === null) return "";
  if (word.startsWith("--") || attached.startsWith("=")) {
    throw new UsageError({
      failed: optionName(option),
      because: `ignored explicit argument '${attached}'`,
    });
  }
  words.unshift(`-${attached}`);
  return "";
}

function nextWord({ words }: Reading, option: OptionSpec): string {
  const word = words[0];
  if (word === undefined || word === "--" || looksLikeOption(word)) {
    throw new UsageError({ failed: optionName(option), because: "expected one argument" });
  }
  return words.shift()!;
}

/** Checks that no argument is missing or left over. */
async function finished(reading: Reading): Promise<Parsed> {
  const { command, positionals, unknown, globals } = reading;
  if (command === null) {
    if (unknown.length > 0) throw await unrecognized(reading);
    throw missingArguments("command");
  }
  const places = Object.entries(command.positionals);
  const missing = places.slice(positionals.length).filter(([, { required }]) => required);
  if (missing.length > 0) {
    const names = missing.map(([name]) => name).join(", ");
    throw missingArguments(names);
  }
  if (unknown.length > 0) {
    return { kind: "mistake", command, usageOf: null, error: await unrecognized(reading) };
  }
  const values = valuesOf(command, reading);
  refuseAlone(command, values);
  return { kind: "run", command, values, globals };
}

/** Refuses an option that is given without the flag that it requires. */
function refuseAlone({ options }: Command, values: Values): void {
  for (const [key, option] of Object.entries(options)) {
    const isGiven = values[key] !== undefined && values[key] as unknown !== false;
    if (!isGiven || option.requires === undefined || values[option.requires]) continue;
    const [flag] = options[option.requires]!.flags;
    throw new UsageError({ failed: optionName(option), because: `only with ${flag}` });
  }
}

/** All values by name; a missing flag is false. */
function valuesOf(command: Command, { positionals, values }: Reading): Values {
  const flags = Object.entries(command.options).filter(([, { type }]) => type === "flag");
  return {
    ...Object.fromEntries(flags.map(([key]) => [key, false])),
    ...Object.fromEntries(
      Object.entries(command.positionals).map(([name, { several }], index) => [
        name,
        several ? positionals.slice(index) : positionals[index],
      ]),
    ),
    ...values,
  } as Values;
}

async function unrecognized({ unknown, command }: Reading): Promise<UsageError> {
  const own = Object.values(command?.options ?? {});
  const flags = [...own, ...GLOBAL_OPTIONS].flatMap((option) => option.flags);
  const first = unknown.find((word) => word.startsWith("--"))?.split("=", 1)[0];
  return new UsageError({
    failed: `unrecognized arguments: ${unknown.join(" ")}`,
    remedy: first === undefined ? null : await didYouMean(first, flags),
  });
}

const missingArguments = (names: string): UsageError =>
  new UsageError({ failed: `the following arguments are required: ${names}` });

async function unknownCommand(word: string, commands: readonly Command[]): Promise<UsageError> {
  const names = namesOf(commands);
  return new UsageError({
    failed: "argument command",
    because: invalidChoice(word, names),
    remedy: await didYouMean(word, names),
  });
}

/** Loaded only here, since it is needed only after a mistake. */
async function didYouMean(word: string, known: readonly string[]): Promise<string | null> {
  const { closest } = await import("../../text/closest.ts");
  const found = closest(word, known);
  return found === undefined ? null : `did you mean '${found}'?`;
}
