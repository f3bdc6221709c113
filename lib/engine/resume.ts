/**
 * Taking up a migration that an earlier run did not finish. Where DDL commits at once, the database
 * then equals exactly what one of the migration's steps leaves, so that step can be found.
 *
 * @module
 */
import type { Dialect, Step } from "../dialects/dialect.ts";
import type { Revision } from "../revisions/migration.ts";
import { applyAll } from "../schema/apply.ts";
import { canonical } from "../schema/compare.ts";
import { schemaOf, type SchemaState } from "../schema/schema.ts";
import { stepsOf } from "./fold.ts";

/** The tables that the steps make, change or drop. */
function touchedTables(steps: readonly Step[]): ReadonlySet<string> {
  return new Set(
    steps.flatMap(({ changes }) => changes).flatMap((change) =>
      change.kind === "createTable" ? [change.table.name] : "table" in change ? [change.table] : []
    ),
  );
}

function fingerprint(schema: SchemaState, tables: ReadonlySet<string>): string {
  const touched = [...schema.tables.values()].filter(({ name }) => tables.has(name));
  return JSON.stringify(canonical(schemaOf(touched)));
}

/**
 * How many steps of the migration are made already: those up to the first that leaves the schema
 * as it is now. Later steps on rows may have been made as well; they can be made twice.
 *
 * @param expected What the schema was before the migration, by the history.
 * @param live What the schema is.
 * @returns The steps and the number of those made, 0 where none is or the schema is not known.
 */
export function interruptedAt(
  revision: Revision,
  expected: SchemaState,
  live: SchemaState,
  dialect: Dialect,
): { readonly steps: readonly Step[]; readonly done: number } {
  const steps = stepsOf(revision, expected, dialect);
  const tables = touchedTables(steps);
  const now = fingerprint(live, tables);
  if (now === fingerprint(expected, tables)) return { steps, done: 0 };
  let state = expected;
  for (const [index, step] of steps.entries()) {
    state = applyAll(state, step.changes);
    if (now === fingerprint(state, tables)) return { steps, done: index + 1 };
  }
  return { steps, done: 0 };
}
