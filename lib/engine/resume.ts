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
import { schemaOf, type SchemaState, type Table } from "../schema/schema.ts";
import { stepsOf } from "./fold.ts";

/** The tables that the steps make, change or drop. */
function touchedTables(steps: readonly Step[]): ReadonlySet<string> {
  return new Set(
    steps.flatMap(({ changes }) => changes).flatMap((change) =>
      change.kind === "createTable" ? [change.table.name] : "table" in change ? [change.table] : []
    ),
  );
}

/** The lists of a table in which a site may have more than the migrations put there. */
const LISTS = ["columns", "uniques", "indexes", "foreignKeys"] as const;

/** Everything that the schemas have in the tables, by table, list and name. */
function namesIn(schemas: readonly SchemaState[], tables: ReadonlySet<string>) {
  const all = schemas.flatMap((schema) => [...schema.tables.values()])
    .filter(({ name }) => tables.has(name));
  return new Set(
    all.flatMap((table) =>
      LISTS.flatMap((list) => table[list].map(({ name }) => `${table.name}.${list}.${name}`))
    ),
  );
}

/** The tables in a comparable form, without what is not among the names. */
function fingerprint(
  schema: SchemaState,
  tables: ReadonlySet<string>,
  names: ReadonlySet<string>,
): string {
  const touched = [...schema.tables.values()].filter(({ name }) => tables.has(name));
  const known = touched.map((table): Table => {
    const lists = LISTS.map((list) => {
      const items = table[list] as readonly { readonly name: string }[];
      return [list, items.filter(({ name }) => names.has(`${table.name}.${list}.${name}`))];
    });
    return { ...table, ...Object.fromEntries(lists) };
  });
  return JSON.stringify(canonical(schemaOf(known)));
}

/** A migration that an earlier run has begun. */
export interface Interruption {
  /** The steps that are still to be made. */
  readonly left: readonly Step[];
  /** How many of all the steps are made. */
  readonly progress: { readonly done: number; readonly of: number };
}

/**
 * Where an earlier run has stopped in the migration: after the first of its steps that leaves the
 * schema as it is now, what a site has added itself aside. Later steps on rows may have been made as
 * well; they can be made twice.
 *
 * @param expected What the schema was before the migration, by the history.
 * @param live What the schema is.
 * @returns null where no step is made, or the schema is none that the migration leaves.
 */
export function interruptedAt(
  revision: Revision,
  expected: SchemaState,
  live: SchemaState,
  dialect: Dialect,
): Interruption | null {
  const steps = stepsOf(revision, expected, dialect);
  const tables = touchedTables(steps);
  const states = [expected];
  for (const { changes } of steps) states.push(applyAll(states.at(-1)!, changes));
  const names = namesIn(states, tables);
  const now = fingerprint(live, tables, names);
  const done = states.findIndex((state) => fingerprint(state, tables, names) === now);
  return done > 0 ? { left: steps.slice(done), progress: { done, of: steps.length } } : null;
}
