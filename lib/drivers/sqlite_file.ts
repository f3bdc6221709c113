/**
 * Whether there is anything to open.
 *
 * @module
 */
import { stat } from "node:fs/promises";
import type { SqliteSettings } from "./settings.ts";

/** The path that stands for a database in memory. */
export const IN_MEMORY = ":memory:";

/** Whether the file of a database is not there. Looking creates nothing. */
export async function isMissing(settings: SqliteSettings): Promise<boolean> {
  if (settings.path === IN_MEMORY) return false;
  return await stat(settings.path).then(() => false, (error) => error.code === "ENOENT");
}
