/**
 * Options of the files that nobody reads, and whose names look like those of options that are read.
 *
 * @module
 */
import { isNear } from "../text/closest.ts";
import type { Assignment } from "./ini.ts";
import { OPTION_KEYS, type OptionKey, type OptionName, OPTIONS } from "./options.ts";

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

/** All names of all options that are read. */
const NAMES = OPTION_KEYS.flatMap((key) => {
  const { group, name, deprecated } = OPTIONS[key];
  return [{ group, name }, ...deprecated].map((one) => ({ ...one, key }));
});

const alike = (one: OptionName, other: OptionName): boolean =>
  one.group === other.group && one.name === other.name;

/** Whether an option is read by this program. */
export const isRead = (written: OptionName): boolean => NAMES.some((one) => alike(one, written));

/** Case and hyphens are what is mixed up most. */
const plain = ({ group, name }: OptionName): string =>
  `${group} ${name}`.toLowerCase().replaceAll("-", "_");

/** The misspelled options of all files. */
export function misspellings(files: readonly (readonly Assignment[])[]): readonly Misspelling[] {
  return files.flat().filter((one) => !isRead(one)).flatMap((written) => {
    const found = NAMES.find((one) => isNear(plain(written), plain(one), WRONG_LETTERS));
    if (found === undefined) return [];
    const { group, name, origin } = written;
    return [{ written: { group, name }, origin, meant: found.key }];
  });
}
