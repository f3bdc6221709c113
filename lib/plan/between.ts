/**
 * Finishing a migration that another program has begun. Upstream's tool makes every operation, and
 * every index of a new table, a statement of its own, so that it leaves states that none of our steps
 * does. They lie between before and after all the same: each object of the schema is as it is
 * before the migration, as after it, or as at some time on the way.
 *
 * @module
 */
import type { Operation } from "../operations/operation.ts";
import { intended, settle, withoutFill } from "../operations/resolve.ts";
import type { ServerRules } from "../operations/server_rules.ts";
import { type AppliedChange, schemaAfter } from "../schema/apply.ts";
import {
  adding,
  type Change,
  isOfSchema,
  objectOf,
  type SchemaChange,
  tableOfChange,
} from "../schema/change.ts";
import { canonical } from "../schema/compare.ts";
import { partKey, PARTS } from "../schema/part.ts";
import { schemaOf, type SchemaState, type Table } from "../schema/schema.ts";

/** A change as it was meant, and where it stands in the migration. */
interface Intent {
  readonly change: Change;
  /** Its number; the state after it has the same, and the state before the migration has 0. */
  readonly number: number;
}

/** What a migration does, and what the schema is after each change. */
interface Course {
  readonly intents: readonly Intent[];
  readonly states: readonly SchemaState[];
}

function courseOf(
  operations: readonly Operation[],
  before: SchemaState,
  rules: ServerRules,
): Course {
  const states = [before];
  const intents: Intent[] = [];
  for (const operation of operations) {
    const changes = intended(operation, states.at(-1)!, rules);
    for (const change of changes.flatMap((one) => withoutFill(one, rules))) {
      states.push(schemaAfter(states.at(-1)!, settle([change], states.at(-1)!, rules)));
      intents.push({ change, number: intents.length + 1 });
    }
  }
  return { intents, states };
}

/** Tables of which two different ones may have the same name, one after the other. */
function replacedTables(operations: readonly Operation[]): ReadonlySet<string> {
  const tables = (kind: "createTable" | "dropTable") =>
    new Set(operations.flatMap((one) => one.kind === kind ? [one.table] : []));
  return tables("createTable").intersection(tables("dropTable"));
}

/**
 * The objects of the schema by key, in comparable form. Indexes that the server makes by itself come
 * and go with others; a table that is replaced is one object, whatever is in it.
 */
function objectsOf(
  schema: SchemaState,
  tables: ReadonlySet<string>,
  replaced: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const objects = new Map<string, string>();
  const touched = [...schema.tables.values()].filter(({ name }) => tables.has(name))
    .map((table) => ({ ...table, indexes: table.indexes.filter(({ implicit }) => !implicit) }));
  for (const table of canonical(schemaOf(touched))) {
    objects.set(table.name, replaced.has(table.name) ? JSON.stringify(table) : "");
    if (replaced.has(table.name)) continue;
    objects.set(partKey(table.name, "primaryKey", ""), JSON.stringify(table.primaryKey));
    for (const part of PARTS) {
      for (const item of table[part]) {
        objects.set(partKey(table.name, part, item.name), JSON.stringify(item));
      }
    }
  }
  return objects;
}

/** The text of a change of rows, as far as it names tables and columns. */
function wordsOf(change: Change): ReadonlySet<string> {
  const text = change.kind === "execute" ? change.sql : JSON.stringify(change);
  return new Set(text.match(/[\p{L}\p{N}_$]+/gu));
}

/** Whether a change of rows names nothing that the migration knows and that is not there now. */
export function canRun(change: Change, now: SchemaState, states: readonly SchemaState[]): boolean {
  const words = wordsOf(change);
  const known = states.flatMap(({ tables }) => [...tables.values()])
    .filter(({ name }) => words.has(name));
  return known.every(({ name, columns }) => {
    const there = now.tables.get(name);
    return there !== undefined &&
      columns.every((column) =>
        !words.has(column.name) || there.columns.some((one) => one.name === column.name)
      );
  });
}

/** What is left of a migration, or why that cannot be told. */
export type Rest =
  | {
    readonly kind: "rest";
    readonly changes: readonly AppliedChange[];
  }
  /** The objects that are as at no time of the migration, by key. */
  | { readonly kind: "odd"; readonly objects: readonly string[] }
  | { readonly kind: "not begun" };

/**
 * Finds what is left of a migration, object by object. All its changes of rows are repeated, as
 * far as what they name is there.
 *
 * @param before The schema that the history expects before the migration.
 * @param live What the schema is.
 * @throws {Misfit} When the migration does not fit the schema before it.
 */
export function restBetween(
  operations: readonly Operation[],
  before: SchemaState,
  live: SchemaState,
  rules: ServerRules,
): Rest {
  const course = courseOf(operations, before, rules);
  const { intents, states } = course;
  const tables = new Set(intents.flatMap(({ change }) => tableOfChange(change) ?? []));
  const replaced = replacedTables(operations);
  const moments = states.map((state) => objectsOf(state, tables, replaced));
  const found = objectsOf(live, tables, replaced);
  const keys = new Set(moments.flatMap((moment) => [...moment.keys()]));
  // The last moment at which an object was as it is now.
  const reached = new Map(
    [...keys].map((key) => [key, moments.findLastIndex((one) => one.get(key) === found.get(key))]),
  );
  const odd = [...keys].filter((key) => reached.get(key) === -1);
  if (odd.length > 0) return { kind: "odd", objects: odd };
  if ([...keys].every((key) => moments[0]!.get(key) === found.get(key))) {
    return { kind: "not begun" };
  }
  const isMade = (key: string, { number }: Intent) => reached.get(key)! >= number;

  const changes: AppliedChange[] = [];
  const now = () => schemaAfter(live, changes);
  const make = (change: Change) => changes.push(...settle([change], now(), rules));
  for (const intent of intents) {
    const { change } = intent;
    if (!isOfSchema(change)) {
      if (canRun(change, now(), states)) make(change);
    } else if (!isMade(objectOf(change), intent)) make(change);
    else if (change.kind === "createTable" && !replaced.has(change.table.name)) {
      for (const part of partsOf(change.table)) {
        if (!isMade(objectOf(part), intent)) make(part);
      }
    }
  }
  const end = objectsOf(now(), tables, replaced);
  const wrong = [...keys].filter((key) => end.get(key) !== moments.at(-1)!.get(key));
  return wrong.length > 0 ? { kind: "odd", objects: wrong } : { kind: "rest", changes };
}

/** What a new table has, as changes that add it. */
function partsOf({ name, ...table }: Table): readonly SchemaChange[] {
  const own = { ...table, indexes: table.indexes.filter(({ implicit }) => !implicit) };
  return PARTS.flatMap((part) => own[part].map((item) => adding(name, part, item)));
}
