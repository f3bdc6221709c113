/**
 * Finishing a migration that an earlier run has begun. Each object of the schema is as it is before the
 * migration, as after it, or as at some time on the way. Where all agree on a time, that is where one of
 * our own runs has stopped. Upstream's tool makes every operation, and every index of a new table, a
 * statement of its own, so that it leaves states that none of our steps does; there each object tells
 * for itself how far it has come.
 *
 * @module
 */
import { settle } from "../../operations/resolve.ts";
import type { ServerRules } from "../../operations/server_rules.ts";
import { type AppliedChange, schemaAfter } from "../../schema/apply.ts";
import { adding, type Change, isOfRows, objectOf, type SchemaChange } from "../../schema/change.ts";
import { PARTS } from "../../schema/part.ts";
import type { SchemaState, Table } from "../../schema/schema.ts";
import type { NumberedChange, Trace } from "./trace.ts";
import { momentOf, type Objects, objectsOf, type Scope, scopeOf } from "./objects.ts";
import { canRun } from "./rows.ts";

/** The changes that are left of a migration, or why they cannot be told. */
export type Remainder =
  | {
    readonly kind: "remainder";
    readonly changes: readonly AppliedChange[];
    /** Whether the whole schema is as at one time of the migration. */
    readonly isWhole: boolean;
  }
  /** The objects that match no state of the migration, by key. */
  | { readonly kind: "mismatch"; readonly objects: readonly string[] }
  | { readonly kind: "not begun" };

/** The number of the last state that an object has reached; -1 where it has none of the migration's. */
type Reached = (key: string) => number;

/** The changes that are left, made on what the schema is. */
function changesLeft(
  { numbered, states }: Trace,
  live: SchemaState,
  rules: ServerRules,
  { replaced }: Scope,
  reached: Reached,
): readonly AppliedChange[] {
  const changes: AppliedChange[] = [];
  const isMade = (change: SchemaChange, { number }: NumberedChange) =>
    reached(objectOf(change)) >= number;
  const now = () => schemaAfter(live, changes);
  const make = (change: Change) => changes.push(...settle([change], now(), rules));
  for (const one of numbered) {
    const { change, number } = one;
    if (isOfRows(change)) {
      if (canRun(change, now(), states[number]!)) make(change);
    } else if (!isMade(change, one)) make(change);
    else if (change.kind === "createTable" && !replaced.has(change.table.name)) {
      partsOf(change.table).filter((part) => !isMade(part, one)).forEach(make);
    }
  }
  return changes;
}

/** A table is created with all of its columns: one that lacks some is somebody else's. */
const LATER_PARTS = PARTS.filter((part) => part !== "columns");

/** What may come to a new table in statements of their own, as changes that add it. */
function partsOf({ name, ...table }: Table): readonly SchemaChange[] {
  const own = { ...table, indexes: table.indexes.filter(({ implicit }) => !implicit) };
  return LATER_PARTS.flatMap((part) => own[part].map((item) => adding(name, part, item)));
}

/**
 * Finds what is left of a migration. All its changes of rows are repeated, as far as what they need is
 * there: what the schema is does not tell whether they were made.
 *
 * @param live What the schema is.
 * @throws {Misfit} When a change that is left does not fit the schema.
 */
export function remainderOf(trace: Trace, live: SchemaState, rules: ServerRules): Remainder {
  const scope = scopeOf(trace);
  const moments = trace.states.map((state) => momentOf(state, scope));
  const found = objectsOf(live, scope);
  const keys = [...new Set(moments.flatMap((moment) => [...moment.keys()]))];
  const differing = (left: Objects, right: Objects) =>
    keys.filter((key) => left.get(key) !== right.get(key));

  const whole = moments.findIndex((moment) => differing(moment, found).length === 0);
  if (whole === 0) return { kind: "not begun" };
  const reached: Reached = (key) =>
    whole > 0 ? whole : moments.findLastIndex((one) => one.get(key) === found.get(key));
  const odd = keys.filter((key) => reached(key) === -1);
  if (odd.length > 0) return { kind: "mismatch", objects: odd };

  const changes = changesLeft(trace, live, rules, scope, reached);
  const end = objectsOf(schemaAfter(live, changes), scope);
  const wrong = differing(end, moments.at(-1)!);
  return wrong.length > 0
    ? { kind: "mismatch", objects: wrong }
    : { kind: "remainder", changes, isWhole: whole > 0 };
}
