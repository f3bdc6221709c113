/**
 * Whether there is anything to open.
 *
 * @module
 */
import type { SqliteSettings } from "../settings.ts";

/** The path that stands for a database in memory. */
export const IN_MEMORY = ":memory:";

/** Whether the file of a database is not there. Looking creates nothing. */
export async function isMissing(settings: SqliteSettings): Promise<boolean> {
  if (settings.path === IN_MEMORY) return false;
  // The file functions of Node take Deno longer to load than everything else that SQLite needs.
  return await Deno.stat(settings.path).then(
    () => false,
    (error) => error instanceof Deno.errors.NotFound,
  );
}
