/**
 * Finds the option of a word of the command line, as argparse does.
 *
 * @module
 */
import { UsageError } from "../../errors.ts";
import type { OptionSpec } from "../command.ts";

/** An option, and the value that is part of the same word. */
export interface Match<O extends OptionSpec> {
  readonly option: O;
  /** The text after the `=`, or directly after a short option; null if there is none. */
  readonly attached: string | null;
}

/** Groups of options; the first group with a match wins. */
export type Scopes<O extends OptionSpec> = readonly (readonly O[])[];

/**
 * The option of a word: its name, an unambiguous beginning of its name, or a
 * short option with its value (or further short options) directly after it. Undefined if there is
 * none.
 *
 * @throws {UsageError} When the beginning of a name fits several options.
 */
export function matchOption<O extends OptionSpec>(
  word: string,
  scopes: Scopes<O>,
): Match<O> | undefined {
  const [name, value] = split(word);
  for (const find of [exact, abbreviated]) {
    for (const options of scopes) {
      const option = find(options, word) ?? find(options, name);
      if (option !== undefined) {
        return { option, attached: find(options, word) === undefined ? value : null };
      }
    }
  }
  return word.startsWith("--") ? undefined : joined(word, scopes);
}

/** The parts before and after the first `=`. */
function split(word: string): readonly [string, string | null] {
  const at = word.indexOf("=");
  return at < 0 ? [word, null] : [word.slice(0, at), word.slice(at + 1)];
}

function exact<O extends OptionSpec>(options: readonly O[], name: string): O | undefined {
  return options.find(({ flags }) => flags.includes(name));
}

function abbreviated<O extends OptionSpec>(options: readonly O[], name: string): O | undefined {
  if (!/^--./.test(name)) return undefined;
  const fits = (flag: string) => flag.startsWith(name);
  const found = options.filter(({ flags }) => flags.some(fits));
  if (found.length > 1) {
    const flags = found.flatMap((option) => option.flags.filter(fits));
    throw new UsageError({
      failed: "ambiguous option",
      because: `${name} could match ${flags.join(", ")}`,
    });
  }
  return found[0];
}

/** A short option with text directly after it, as in `-r001:003` or `-dh`. */
function joined<O extends OptionSpec>(word: string, scopes: Scopes<O>): Match<O> | undefined {
  const option = scopes.map((options) => exact(options, word.slice(0, 2))).find((found) => found);
  return option && { option, attached: word.slice(2) };
}

/** The name of an option in an error: all its names. */
export function optionName({ flags }: OptionSpec): string {
  return `argument ${flags.join("/")}`;
}
