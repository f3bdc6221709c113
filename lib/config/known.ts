/**
 * The options that this program reads, by all of their names.
 *
 * @module
 */
import { OPTION_KEYS, type OptionName, OPTIONS } from "./options.ts";

/** All names of all options that are read. */
export const NAMES = OPTION_KEYS.flatMap((key) => {
  const { group, name, deprecated } = OPTIONS[key];
  return [{ group, name }, ...deprecated].map((one) => ({ ...one, key }));
});

const alike = (one: OptionName, other: OptionName): boolean =>
  one.group === other.group && one.name === other.name;

/** Whether an option is read by this program. */
export const isRead = (written: OptionName): boolean => NAMES.some((one) => alike(one, written));
