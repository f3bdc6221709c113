/**
 * Resuming a migration that an earlier run did not finish. Where DDL commits at once, the database
 * then equals exactly what one of the migration's steps leaves, so that step can be found.
 *
 * @module
 */
import type { Server } from "../servers/server.ts";
import type { Step } from "../servers/step.ts";
import { withFills, withUpdates } from "../operations/fill.ts";
import type { Operation } from "../operations/operation.ts";
import type { Revision } from "../revisions/graph/migration.ts";
import { canonical } from "../schema/compare.ts";
import { Misfit } from "../schema/misfit.ts";
import { schemaOf, type SchemaState, type Table } from "../schema/schema.ts";
import { isOfRows, tableOfChange } from "../schema/change.ts";
import { partKey, PARTS } from "../schema/part.ts";
import { canRun, restBetween } from "./between.ts";
import { fold, stepsOf } from "./fold.ts";
import type { Situation } from "./plan.ts";

/** The tables that the steps make, change or drop. */
function touchedTables(steps: readonly Step[]): ReadonlySet<string> {
  return new Set(
    steps.flatMap(({ changes }) => changes).flatMap(({ change }) => tableOfChange(change) ?? []),
  );
}

/** Everything that the schemas have in the tables, by table, list and name. */
function namesIn(schemas: readonly SchemaState[], tables: ReadonlySet<string>) {
  const all = schemas.flatMap((schema) => [...schema.tables.values()])
    .filter(({ name }) => tables.has(name));
  return new Set(
    all.flatMap((table) =>
      PARTS.flatMap((part) => table[part].map(({ name }) => partKey(table.name, part, name)))
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
    const lists = PARTS.map((part) => {
      const items = table[part] as readonly { readonly name: string }[];
      return [part, items.filter(({ name }) => names.has(partKey(table.name, part, name)))];
    });
    return { ...table, ...Object.fromEntries(lists) };
  });
  return JSON.stringify(canonical(schemaOf(known)));
}

/** A migration that an earlier run has begun. */
export interface Interruption {
  /** The steps that are still to be made. */
  readonly steps: readonly Step[];
  /** How many steps are made already. */
  readonly made: number;
}

/** A database that is neither as a migration expects it nor on the way. */
export interface Oddity {
  /** What is odd, in words. */
  readonly odd: readonly string[];
}

/** What there is of a migration before it begins. */
export type Beginning = Interruption | Oddity | null;

/** Whether an earlier run has begun the migration, so that its rest is to be made. */
export function isInterruption(beginning: Beginning): beginning is Interruption {
  return beginning !== null && "steps" in beginning;
}

/**
 * Finds where an earlier run has stopped in a migration: after the first of its steps that leaves the
 * schema as it is now, apart from what a site has added itself. Later steps on rows may have been made
 * as well; they can be made twice.
 *
 * Steps on rows that come before are made again: what the schema is does not tell whether they were.
 *
 * @param steps The steps of the migration on the schema that the history expects before it.
 * @param live What the schema is.
 * @returns null where no step is made, or the schema is none that the migration leaves.
 */
export function interruptedAt(steps: readonly Step[], live: SchemaState): Interruption | null {
  const [first] = steps;
  if (!first) return null;
  const tables = touchedTables(steps);
  const states = [first.changes[0]!.before, ...steps.map(({ changes }) => changes.at(-1)!.after)];
  const names = namesIn(states, tables);
  const now = fingerprint(live, tables, names);
  const made = states.findIndex((state) => fingerprint(state, tables, names) === now);
  if (made <= 0) return null;
  const rows = steps.slice(0, made).filter(({ changes }) =>
    changes.every(({ change }) => isOfRows(change) && canRun(change, live, states))
  );
  return { steps: [...rows, ...steps.slice(made)], made: made - rows.length };
}

/** An object by its key, in words. */
function objectInWords(key: string): string {
  const [table, list, name] = key.split(".");
  const kinds: Readonly<Record<string, string>> = {
    columns: `column "${name}" of`,
    uniques: `unique key "${name}" of`,
    indexes: `index "${name}" of`,
    foreignKeys: `foreign key "${name}" of`,
    primaryKey: "the primary key of",
  };
  return list === undefined ? `table "${table}"` : `${kinds[list]} table "${table}"`;
}

/** What another program has left of the migration, which has other steps than ours. */
function leftByOther(
  operations: readonly Operation[],
  before: SchemaState,
  live: SchemaState,
  server: Server,
): Beginning {
  const rest = restBetween(withUpdates(operations, server.rules), before, live, server.rules);
  if (rest.kind === "not begun") return null;
  if (rest.kind === "odd") return { odd: rest.objects.map(objectInWords) };
  const steps = server.spelling.compile(rest.changes);
  const all = stepsOf(withUpdates(operations, server.rules), before, server).length;
  return { steps, made: Math.max(all - steps.length, 0) };
}

/**
 * What an earlier run has left of the migration that is next; null where it has not begun it.
 *
 * A new column without a default may have been added by a run that fills it with an UPDATE, as
 * upstream's tool does, so that state is resumed with the UPDATE.
 *
 * A site's own migration may repair what the history has and the site's database had not. It
 * contradicts the history then, which alone could tell how far the run got.
 */
export function interruptionOf(
  operations: readonly Operation[],
  history: readonly Revision[],
  { schema: live }: Situation,
  server: Server,
): Beginning {
  try {
    const before = fold(history, server.rules);
    const at = (way: readonly Operation[]) => interruptedAt(stepsOf(way, before, server), live);
    return at(withUpdates(operations, server.rules)) ?? at(withFills(operations, server.rules)) ??
      leftByOther(operations, before, live, server);
  } catch (error) {
    if (error instanceof Misfit) return null;
    throw error;
  }
}
