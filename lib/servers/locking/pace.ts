/**
 * How fast a run may write. Servers that keep one database together can be slower than the one that is
 * written to, and suffer.
 *
 * @module
 */
import type { Database } from "../database.ts";

/** Tells how long to wait, batch after batch. */
export interface Pace {
  /** Seconds to wait before the next batch: 0 unless somebody could not keep up since the last one. */
  secondsToPause(): Promise<number>;
}

/** Begins to watch the servers that keep the same database. */
export type Watch = (database: Database) => Promise<Pace>;

/** For servers that nobody has to keep up with. */
export const unhindered: Watch = () =>
  Promise.resolve({ secondsToPause: () => Promise.resolve(0) });
