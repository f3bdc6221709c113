/**
 * What statements do to others on PostgreSQL:
 * https://www.postgresql.org/docs/current/explicit-locking.html and the notes of ALTER TABLE.
 *
 * @module
 */
import type { Change } from "../../schema/change.ts";
import { handle, type Handlers } from "../../schema/handlers.ts";
import { findPart } from "../../schema/part.ts";
import { type Column, type ForeignKey, type SchemaState, tableOf } from "../../schema/schema.ts";
import type { Step } from "../step.ts";
import {
  type Blocks,
  columnBefore,
  type Effect,
  type Facts,
  isAtLeast,
  type Method,
  newReferences,
  referredTables,
  type ServerVersion,
} from "../effect.ts";
import { typeText } from "./sql/types.ts";

type LockMode = "ROW EXCLUSIVE" | "SHARE" | "SHARE ROW EXCLUSIVE" | "ACCESS EXCLUSIVE";

const BLOCKED: Readonly<Record<LockMode, Blocks>> = {
  "ROW EXCLUSIVE": "the same rows",
  "SHARE": "writes",
  "SHARE ROW EXCLUSIVE": "writes",
  "ACCESS EXCLUSIVE": "reads and writes",
};

const effect = (table: string, lock: LockMode, method: Method): Effect => ({
  ...{ table, lock, blocks: BLOCKED[lock], method },
});

const whole = (method: Method) => ({ table }: { readonly table: string }): readonly Effect[] => [
  effect(table, "ACCESS EXCLUSIVE", method),
];

/** Functions whose value is one and the same for a whole statement, and so for all old rows. */
const STABLE = /^(CURRENT_(TIMESTAMP|DATE|TIME)|LOCALTIMESTAMP|now\(\))$/i;

/** Since version 11 one value for all old rows is kept in the catalog. */
function addedColumn({ default: value, autoincrement }: Column, version: ServerVersion): Method {
  if (autoincrement) return "copy";
  if (value === null) return "instant";
  return isAtLeast(version, [11]) && ("literal" in value || STABLE.test(value.sql))
    ? "instant"
    : "copy";
}

/** A longer VARCHAR, or TEXT in its place, leaves the rows as they are. */
function isWidened(from: Column["type"], to: Column["type"]): boolean {
  if (typeText(from) === typeText(to)) return true;
  if (from.kind !== "string") return false;
  if (to.kind === "string") return to.length >= from.length;
  return typeText(to) === "TEXT";
}

function alteredColumn(change: Change<"alter">, before: SchemaState): Method {
  const now = columnBefore(change, before);
  if (!isWidened(now.type, change.item.type)) return "copy";
  return now.nullable && !change.item.nullable ? "scan" : "instant";
}

function foreignKey(table: string, { refTable }: ForeignKey): readonly Effect[] {
  const lock = "SHARE ROW EXCLUSIVE";
  const own = effect(table, lock, "scan");
  return refTable === table ? [own] : [own, effect(refTable, lock, "scan")];
}

function droppedForeignKey(
  { table, name }: Change<"drop">,
  before: SchemaState,
): readonly Effect[] {
  const key = findPart(tableOf(before, table), "foreignKeys", name)!;
  return [...new Set([table, key.refTable])].flatMap((one) => whole("instant")({ table: one }));
}

const tellers: Handlers<[SchemaState, ServerVersion], readonly Effect[]> = {
  createTable: (change) =>
    newReferences(change).map((table) => effect(table, "SHARE ROW EXCLUSIVE", "instant")),
  dropTable: ({ table: dropped }, before) =>
    [dropped, ...referredTables(before, dropped)].flatMap((table) => whole("instant")({ table })),
  add: {
    columns: (change, _, version) => whole(addedColumn(change.item, version))(change),
    uniques: whole("scan"),
    indexes: ({ table }) => [effect(table, "SHARE", "scan")],
    foreignKeys: ({ table, item }) => foreignKey(table, item),
  },
  alter: (change, before) => whole(alteredColumn(change, before))(change),
  drop: {
    columns: whole("instant"),
    uniques: whole("instant"),
    indexes: whole("instant"),
    foreignKeys: droppedForeignKey,
  },
  addPrimaryKey: whole("scan"),
  dropPrimaryKey: whole("instant"),
  updateRows: ({ table }) => [effect(table, "ROW EXCLUSIVE", "rows")],
  deleteRows: ({ table }) => [effect(table, "ROW EXCLUSIVE", "rows")],
  execute: ({ writes }) => writes ? [effect(writes, "ROW EXCLUSIVE", "rows")] : [],
};

/** The statement that creates a table is the only one of its step that others can notice. */
function onlyFirst({ kind }: Change): boolean {
  return kind === "createTable";
}

/** What each statement of a step does to tables that are there. */
export function effects(
  { changes, statements }: Step,
  { version: server }: Facts,
): readonly (readonly Effect[])[] {
  const [applied] = changes;
  if (!applied) return statements.map(() => []);
  const own = handle(tellers, applied.change, applied.before, server);
  return statements.map((_, index) => index > 0 && onlyFirst(applied.change) ? [] : own);
}
