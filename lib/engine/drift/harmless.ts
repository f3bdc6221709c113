/**
 * Differences that may stay: what a site has added, and what another tool makes otherwise.
 *
 * @module
 */
import type { Change, SchemaChange, SchemaChangeKind } from "../../schema/change.ts";
import { sameColumn } from "../../schema/diff/mod.ts";
import { handle, type Handlers } from "../../schema/handlers.ts";
import { findPart } from "../../schema/part.ts";
import {
  columnOf,
  type Index,
  sameColumns,
  type SchemaState,
  tableOf,
} from "../../schema/schema.ts";
import { columnsInWords } from "../../schema/words.ts";
import type { Server } from "../../servers/server.ts";

/** Why a column may stay as it is, though it is different; null where it may not. */
export function whyHarmless(
  { table, item }: Change<"alter">,
  { live, wanted, server }: Difference,
): string | null {
  const now = columnOf(tableOf(live, table), item.name);
  if (!sameColumn({ ...now, type: item.type }, item)) return null;
  return server.catalog.whyTypeMayStay(now, item, { live, wanted });
}

/** Two schemas, and what makes the one the other. */
export interface Difference {
  readonly live: SchemaState;
  readonly wanted: SchemaState;
  readonly changes: readonly SchemaChange[];
  readonly server: Server;
}

/** Whether a server has made an index for a foreign key that should not be there either. */
function isLeftOver({ columns }: Index, table: string, { live, changes }: Difference): boolean {
  return tableOf(live, table).foreignKeys.some((key) =>
    sameColumns(key.columns, columns) &&
    changes.some((one) =>
      one.kind === "drop" && one.part === "foreignKeys" && one.table === table &&
      one.name === key.name
    )
  );
}

const nothing = (): null => null;

const additions: Handlers<[Difference], string | null, SchemaChangeKind> = {
  createTable: nothing,
  dropTable: ({ table }) => `table "${table}"`,
  add: nothing,
  alter: nothing,
  drop: {
    columns: ({ table, name }, { live }) => {
      const column = columnOf(tableOf(live, table), name);
      const fillsItself = column.nullable || column.default !== null || column.autoincrement;
      return fillsItself ? `column "${name}" of table "${table}"` : null;
    },
    uniques: nothing,
    indexes: ({ table, name }, difference) => {
      const index = findPart(tableOf(difference.live, table), "indexes", name)!;
      if (index.unique || isLeftOver(index, table, difference)) return null;
      return `index "${name}" ${columnsInWords(index.columns)} of table "${table}"`;
    },
    foreignKeys: nothing,
  },
  addPrimaryKey: nothing,
  dropPrimaryKey: nothing,
};

/** The name of a harmless site addition; null for any other difference. */
export const additionInWords = (change: SchemaChange, difference: Difference): string | null =>
  handle(additions, change, difference);
