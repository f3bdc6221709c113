/**
 * Options of the files that nobody reads, and whose names look like those of options that are read.
 *
 * @module
 */
import { isNear } from "../text/closest.ts";
import type { Assignment } from "./ini.ts";
import { NAMES } from "./known.ts";
import type { OptionKey, OptionName } from "./options.ts";

/** An option that is probably written wrongly. */
export interface Misspelling {
  /** As it is written. */
  readonly written: OptionName;
  /** Its place, as `file:line`. */
  readonly origin: string;
  /** The option that is probably meant, by its present name. */
  readonly meant: OptionKey;
}

/** Letters that may be wrong; with more, options of other programs would be taken for ours. */
const WRONG_LETTERS = 2;

/** Case and hyphens are what is mixed up most. */
const plain = ({ group, name }: OptionName): string =>
  `${group} ${name}`.toLowerCase().replaceAll("-", "_");

/** Likely misspellings among unknown options. */
export function misspellings(unread: readonly Assignment[]): readonly Misspelling[] {
  return unread.flatMap((written) => {
    const found = NAMES.find((one) => isNear(plain(written), plain(one), WRONG_LETTERS));
    if (found === undefined) return [];
    const { group, name, origin } = written;
    return [{ written: { group, name }, origin, meant: found.key }];
  });
}
