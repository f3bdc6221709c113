/**
 * The types of options, and how their texts are read.
 *
 * @module
 */
import { Secret } from "../servers/connecting/url/secret.ts";

/** The types of options, and what their values are. */
export interface OptionTypes {
  /** A text as it is. */
  string: string;
  /** A text with a password in it. */
  secret: Secret;
  /** True or false. */
  boolean: boolean;
  /** A whole number. */
  integer: number;
  /** A whole number, 0 or more. */
  natural: number;
  /** Paths with commas between them. */
  paths: readonly string[];
  /** Names with commas between them. */
  names: readonly string[];
}

/** Name of a type. */
export type TypeName = keyof OptionTypes;

/** How texts of one type are read. */
export interface OptionType<T> {
  /** The end of the message "… must be". */
  readonly wanted: string;
  /** Parses a text: undefined if it is not of this type, null if it stands for the default. */
  readonly parse: (text: string) => T | null | undefined;
}

/** The words for true and false, in any case. */
const TRUE = ["true", "1", "on", "yes"];
const FALSE = ["false", "0", "off", "no"];

/** The types, as oslo.config reads them. */
export const OPTION_TYPES: { readonly [K in TypeName]: OptionType<OptionTypes[K]> } = {
  string: { wanted: "a text", parse: (text) => text },
  secret: { wanted: "a text", parse: (text) => new Secret(text) },
  boolean: { wanted: `one of ${[...TRUE, ...FALSE].join(", ")}`, parse: parseBoolean },
  integer: { wanted: "an integer", parse: parseInteger },
  natural: { wanted: "an integer of 0 or more", parse: parseNatural },
  paths: { wanted: "paths with commas between them", parse: parseList },
  names: { wanted: "names with commas between them", parse: parseList },
};

/** Reads texts with commas between them. */
function parseList(text: string): readonly string[] {
  return text.split(",").map((part) => part.trim()).filter((part) => part !== "");
}

/** Reads a word for true or false. */
function parseBoolean(text: string): boolean | undefined {
  const word = text.toLowerCase();
  return TRUE.includes(word) ? true : FALSE.includes(word) ? false : undefined;
}

/** Reads an integer that is not negative. */
function parseNatural(text: string): number | null | undefined {
  const number = parseInteger(text);
  return typeof number === "number" && number < 0 ? undefined : number;
}

/** Reads an integer as Python does: with a sign, blanks around it, and `_` between digits. */
function parseInteger(text: string): number | null | undefined {
  const digits = /^\p{White_Space}*([+-]?\d+(?:_\d+)*)?\p{White_Space}*$/u.exec(text);
  if (digits === null) return undefined;
  return digits[1] === undefined ? null : Number(digits[1].replaceAll("_", ""));
}
