/**
 * The meaning of an unquoted scalar. Mistral reads definitions with PyYAML, which follows YAML 1.1:
 * `yes` is true, `010` is eight, `1e3` is text.
 *
 * @module
 */
import type { ScalarValue } from "./node.ts";

/** One kind of scalar: how it looks, and what it means; `refused` is why it is not accepted. */
interface Kind {
  readonly pattern: RegExp;
  readonly read?: (text: string) => ScalarValue;
  readonly refused?: string;
}

const withSign = (text: string, read: (digits: string) => bigint): bigint =>
  text.startsWith("-") ? -read(text.slice(1)) : read(text.replace(/^\+/, ""));

/** `1:30:00` counts in sixties. */
const inSixties = (text: string): bigint =>
  text.split(":").reduce((sum, part) => sum * 60n + BigInt(part), 0n);

const octal = (text: string): bigint => BigInt(`0o${text.slice(1) || "0"}`);

/** YAML 1.1's kinds of scalars, as PyYAML's resolver has them; what none fits is text. */
const KINDS: readonly Kind[] = [
  { pattern: /^(?:~|null|Null|NULL|)$/, read: () => null },
  { pattern: /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/, read: () => true },
  { pattern: /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/, read: () => false },
  { pattern: /^[-+]?0b[01_]+$/, read: (text) => withSign(text, BigInt) },
  { pattern: /^[-+]?0x[\da-fA-F_]+$/, read: (text) => withSign(text, BigInt) },
  { pattern: /^[-+]?0[0-7_]+$/, read: (text) => withSign(text, octal) },
  { pattern: /^[-+]?(?:0|[1-9][\d_]*)$/, read: (text) => withSign(text, BigInt) },
  { pattern: /^[-+]?[1-9][\d_]*(?::[0-5]?\d)+$/, read: (text) => withSign(text, inSixties) },
  { pattern: /^(?:[-+]?\d[\d_]*\.[\d_]*|\.\d[\d_]*)(?:[eE][-+]\d+)?$/, read: Number },
  {
    pattern: /^[-+]?(?:\d[\d_]*(?::[0-5]?\d)+\.[\d_]*|\.(?:inf|Inf|INF))$|^\.(?:nan|NaN|NAN)$/,
    refused: "is a number to YAML that JSON cannot hold",
  },
  {
    pattern: /^\d{4}-\d\d?-\d\d?(?:(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?.*)?$/,
    refused: "is a date to YAML, which JSON cannot hold",
  },
];

/** The most digits that Python, and so Mistral, makes a number of. */
const MOST_DIGITS = 4300;

/** The meaning of an unquoted scalar, or why it is refused. */
export function plainScalar(
  source: string,
): { readonly value: ScalarValue } | { readonly refused: string } {
  const kind = KINDS.find(({ pattern }) => pattern.test(source));
  if (!kind) return { value: source };
  if (!kind.read) return { refused: `"${source}" ${kind.refused}; put it in quotes` };
  if (source.length > MOST_DIGITS && kind.read !== Number) {
    return { refused: `is a number of more than ${MOST_DIGITS} digits; put it in quotes` };
  }
  return { value: kind.read(source.replaceAll("_", "")) };
}
