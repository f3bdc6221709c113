/**
 * Reading the values of options.
 *
 * @module
 */
import { OPTION_TYPES } from "../../config/option_types.ts";
import { UsageError } from "../../errors.ts";
import type { ArgumentType, ArgumentTypes, OptionSpec } from "../command.ts";
import { optionName } from "./match.ts";

const integer = (text: string) => OPTION_TYPES.integer.parse(text) ?? undefined;

/** How to parse a type: undefined if the text is invalid; `wanted` describes the type in messages. */
const READERS: {
  readonly [T in ArgumentType]: {
    readonly read: (text: string) => ArgumentTypes[T] | undefined;
    readonly wanted: string;
  };
} = {
  flag: { read: () => true, wanted: "flag" },
  string: { read: (text) => text, wanted: "text" },
  integer: { read: integer, wanted: "int" },
  choice: { read: (text) => text, wanted: "choice" },
  strings: { read: (text) => [text], wanted: "text" },
  count: {
    read: (text) => {
      const count = integer(text);
      return count === undefined || count < 1 ? undefined : count;
    },
    wanted: "positive int",
  },
  seconds: {
    read: (text) => /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined,
    wanted: "number of seconds",
  },
};

/** Why a word is refused that is none of some, as argparse has it. */
export const invalidChoice = (word: string, choices: readonly string[]): string =>
  `invalid choice: '${word}' (choose from ${choices.map((name) => `'${name}'`).join(", ")})`;

/**
 * Reads the value of an option.
 *
 * @throws {UsageError} When it is not of the option's type, or none of its choices.
 */
export function readValue(option: OptionSpec, text: string): ArgumentTypes[ArgumentType] {
  const choices = option.type === "choice" ? option.values as readonly string[] : null;
  if (choices?.includes(text) === false) {
    throw new UsageError({ failed: optionName(option), because: invalidChoice(text, choices) });
  }
  const { read, wanted } = READERS[option.type];
  const value = read(text);
  if (value !== undefined) return value;
  throw new UsageError({
    failed: optionName(option),
    because: `invalid ${wanted} value: '${text}'`,
  });
}
