/**
 * How long a server is at a table of some size. Rough: a cheap disk, nobody else at work. It is meant
 * to tell seconds from hours.
 *
 * @module
 */
import type { Method } from "../../servers/effect.ts";

/** How big a table is; null where it is not known. */
export interface Sizes {
  /** Roughly how many rows it has. */
  readonly rows: number | null;
  /** How much room it takes, with its indexes. */
  readonly bytes: number | null;
}

/** Bytes a second, as measured on two cores with the servers' default settings. */
const COPIED = 30e6;
const SCANNED = 150e6;

/** Rows a second that an UPDATE writes, with their indexes. */
const WRITTEN = 25_000;

/** The seconds; null where the size is not known. */
export function secondsOf(method: Method, { rows, bytes }: Sizes): number | null {
  if (method === "instant") return 0;
  if (method === "rows") return rows === null ? null : rows / WRITTEN;
  if (bytes === null) return null;
  return rows === 0 ? 0 : bytes / (method === "scan" ? SCANNED : COPIED);
}
