/**
 * Which tables migrations rely on not being there.
 *
 * @module
 */
import type { Revision } from "../revisions/migration.ts";

/** Tables that the migrations create without asking whether they are there, in that order. */
export function madeTables(revisions: readonly Revision[]): readonly string[] {
  const operations = revisions.flatMap(({ upgrade }) => upgrade);
  const made = operations.flatMap((one) =>
    one.kind === "createTable" && !one.ifMissing ? [one.table] : []
  );
  const replaced = operations.flatMap((one) =>
    one.kind === "dropTable" && one.ifExists ? [one.table] : []
  );
  return [...new Set(made)].filter((name) => !replaced.includes(name));
}
