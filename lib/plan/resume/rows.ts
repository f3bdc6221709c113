/**
 * Changes of rows that may have been made already, or not: nothing in the schema tells, so they are
 * made again.
 *
 * @module
 */
import type { Change, RowChangeKind } from "../../schema/change.ts";
import { handle, type Handlers } from "../../schema/handlers.ts";
import { partKey } from "../../schema/part.ts";
import type { SchemaState, Table } from "../../schema/schema.ts";

const column = (table: string, name: string): string => partKey(table, "columns", name);

const withColumns = ({ name, columns }: Table): readonly string[] => [
  name,
  ...columns.map((one) => column(name, one.name)),
];

const everything = ({ tables }: SchemaState): readonly string[] =>
  [...tables.values()].flatMap(withColumns);

/** The tables and columns that a change needs, by key; `then` is the schema that it is written for. */
const needs: Handlers<[then: SchemaState], readonly string[], RowChangeKind> = {
  updateRows: ({ table, set, where }) => [
    table,
    ...[...Object.keys(set), ...where.map((test) => test.column)].map((name) =>
      column(table, name)
    ),
  ],
  deleteRows: ({ table, where }) => [table, ...where.map((test) => column(table, test.column))],
  // Of SQL that does not say it may be anything.
  execute: ({ writes, reads }, then) =>
    reads === null ? everything(then) : [...(writes === null ? [] : [writes]), ...reads].map(keyOf),
};

/** The key of a table or a column in the form in which an author names it: `table`, `table.column`. */
function keyOf(named: string): string {
  const [table, name] = named.split(".");
  return name === undefined ? table! : column(table!, name);
}

/** Whether a change of rows can be made again: all that it needs is there, or still there. */
export function canRun(
  change: Change<RowChangeKind>,
  now: SchemaState,
  then: SchemaState,
): boolean {
  const there = new Set(everything(now));
  return handle(needs, change, then).every((key) => there.has(key));
}
