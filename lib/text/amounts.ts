/**
 * Amounts in words. Styles are elsewhere, since what they are made of takes long to load.
 *
 * @module
 */

/** A number with thousands separators: `1,234,567`. */
export const counted = (value: number): string => Math.round(value).toLocaleString("en-US");

/** A number of things: `1 difference`, `3 differences`. */
export const amount = (count: number, one: string): string =>
  `${counted(count)} ${one}${count === 1 ? "" : "s"}`;

/** Bytes in a suitable unit: `1.5 MB`. */
export function sized(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const index = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
  const value = bytes / 1000 ** index;
  return `${index === 0 || value >= 10 ? Math.round(value) : value.toFixed(1)} ${units[index]}`;
}

/** Seconds in a suitable unit: `0.4 s`, `12 s`, `3 min`, `1.5 h`. */
export function lasting(seconds: number): string {
  if (seconds < 10) return `${Math.ceil(seconds * 10) / 10} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
