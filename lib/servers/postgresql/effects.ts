/**
 * What statements do to others on PostgreSQL:
 * https://www.postgresql.org/docs/current/explicit-locking.html and the notes of ALTER TABLE.
 *
 * @module
 */
import type { AppliedChange } from "../../schema/apply.ts";
import type { Change, ChangeKind } from "../../schema/change.ts";
import { type Column, type ForeignKey, tableOf } from "../../schema/schema.ts";
import type { Step } from "../server.ts";
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
import { typeText } from "./types.ts";

type Lock = "ROW EXCLUSIVE" | "SHARE" | "SHARE ROW EXCLUSIVE" | "ACCESS EXCLUSIVE";

const BLOCKED: Readonly<Record<Lock, Blocks>> = {
  "ROW EXCLUSIVE": "the same rows",
  "SHARE": "writes",
  "SHARE ROW EXCLUSIVE": "writes",
  "ACCESS EXCLUSIVE": "reads and writes",
};

const effect = (table: string, lock: Lock, method: Method): Effect => ({
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

function alteredColumn(applied: AppliedChange<"alterColumn">): Method {
  const [now, { column }] = [columnBefore(applied), applied.change];
  if (!isWidened(now.type, column.type)) return "copy";
  return now.nullable && !column.nullable ? "scan" : "instant";
}

function foreignKey(table: string, { refTable }: ForeignKey): readonly Effect[] {
  const lock = "SHARE ROW EXCLUSIVE";
  const own = effect(table, lock, "scan");
  return refTable === table ? [own] : [own, effect(refTable, lock, "scan")];
}

function droppedForeignKey(
  { change: { table, name }, before }: AppliedChange<"dropForeignKey">,
): readonly Effect[] {
  const key = tableOf(before, table).foreignKeys.find((one) => one.name === name)!;
  return [...new Set([table, key.refTable])].flatMap((one) => whole("instant")({ table: one }));
}

type Teller<K extends ChangeKind> = (
  applied: AppliedChange<K>,
  version: ServerVersion,
) => readonly Effect[];

const tellers: { readonly [K in ChangeKind]: Teller<K> } = {
  createTable: ({ change }) =>
    newReferences(change).map((table) => effect(table, "SHARE ROW EXCLUSIVE", "instant")),
  dropTable: (applied) =>
    [applied.change.table, ...referredTables(applied, applied.change.table)]
      .flatMap((table) => whole("instant")({ table })),
  addColumn: ({ change }, version) => whole(addedColumn(change.column, version))(change),
  dropColumn: ({ change }) => whole("instant")(change),
  alterColumn: (applied) => whole(alteredColumn(applied))(applied.change),
  addPrimaryKey: ({ change }) => whole("scan")(change),
  dropPrimaryKey: ({ change }) => whole("instant")(change),
  addUnique: ({ change }) => whole("scan")(change),
  dropUnique: ({ change }) => whole("instant")(change),
  addIndex: ({ change: { table } }) => [effect(table, "SHARE", "scan")],
  dropIndex: ({ change }) => whole("instant")(change),
  addForeignKey: ({ change }) => foreignKey(change.table, change.foreignKey),
  dropForeignKey: droppedForeignKey,
  updateRows: ({ change: { table } }) => [effect(table, "ROW EXCLUSIVE", "rows")],
  deleteRows: ({ change: { table } }) => [effect(table, "ROW EXCLUSIVE", "rows")],
  execute: ({ change: { writes } }) => writes ? [effect(writes, "ROW EXCLUSIVE", "rows")] : [],
};

function told<K extends ChangeKind>(applied: AppliedChange<K>, version: ServerVersion) {
  const teller: Teller<K> = tellers[applied.change.kind];
  return teller(applied, version);
}

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
  const own = told(applied, server);
  return statements.map((_, index) => index > 0 && onlyFirst(applied.change) ? [] : own);
}
