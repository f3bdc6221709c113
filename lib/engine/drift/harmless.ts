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
  type Column,
  columnOf,
  type Index,
  sameColumns,
  type SchemaState,
  tableOf,
} from "../../schema/schema.ts";
import type { ColumnType } from "../../schema/types.ts";
import { columnsInWords } from "../../schema/words.ts";

/** What kinds of text take, in order. */
const TEXTS: readonly ColumnType["kind"][] = ["text", "mediumText", "longText"];

/** Whether a column only has more room for text than it needs, as after CONVERT TO CHARACTER SET. */
const isWider = (now: Column, wanted: Column): boolean =>
  TEXTS.includes(wanted.type.kind) &&
  TEXTS.indexOf(now.type.kind) > TEXTS.indexOf(wanted.type.kind);

const LONG_TEXTS = TEXTS.slice(1);

/**
 * Whether all long texts of a database are TEXT: SQLAlchemy takes mariadb:// for another database than
 * mysql://, so that upstream's tool makes none of its types for MySQL there.
 */
function hasPlainTexts({ live, wanted }: Difference): boolean {
  const pairs = [...wanted.tables.values()].flatMap(({ name, columns }) =>
    columns.filter(({ type }) => LONG_TEXTS.includes(type.kind)).flatMap((column) =>
      live.tables.get(name)?.columns.filter((now) => now.name === column.name) ?? []
    )
  );
  return pairs.length > 1 && pairs.every(({ type }) => type.kind === "text");
}

/** Why a column may stay as it is, though it is different; null where it may not. */
export function whyHarmless(
  { table, item }: Change<"alter">,
  difference: Difference,
): string | null {
  const now = columnOf(tableOf(difference.live, table), item.name);
  if (!sameColumn({ ...now, type: item.type }, item)) return null;
  if (isWider(now, item)) return "it only has more room, as after CONVERT TO CHARACTER SET";
  return LONG_TEXTS.includes(item.type.kind) && hasPlainTexts(difference)
    ? "upstream's tool makes it so for mariadb:// URLs, and it holds 64 KiB at the most"
    : null;
}

/** Two schemas, and what makes the one the other. */
export interface Difference {
  readonly live: SchemaState;
  readonly wanted: SchemaState;
  readonly changes: readonly SchemaChange[];
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

/** The name of what a site may have added: it is in nobody's way. Null where something else is wrong. */
export const additionInWords = (change: SchemaChange, difference: Difference): string | null =>
  handle(additions, change, difference);
