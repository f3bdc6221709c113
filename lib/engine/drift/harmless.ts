/**
 * Differences that may stay: what a site has added, and what another tool makes otherwise.
 *
 * @module
 */
import type { Change } from "../../schema/change.ts";
import {
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
function isWider(change: Change<"alterColumn">, live: SchemaState): boolean {
  const now = columnOf(tableOf(live, change.table), change.column.name);
  const same = { ...now, type: change.column.type };
  return JSON.stringify(same) === JSON.stringify(change.column) &&
    TEXTS.includes(change.column.type.kind) &&
    TEXTS.indexOf(now.type.kind) > TEXTS.indexOf(change.column.type.kind);
}

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
export function whyHarmless(change: Change<"alterColumn">, difference: Difference): string | null {
  const { live } = difference;
  if (isWider(change, live)) return "it only has more room, as after CONVERT TO CHARACTER SET";
  const now = columnOf(tableOf(live, change.table), change.column.name);
  const same =
    JSON.stringify({ ...now, type: change.column.type }) === JSON.stringify(change.column);
  return same && LONG_TEXTS.includes(change.column.type.kind) && hasPlainTexts(difference)
    ? "upstream's tool makes it so for mariadb:// URLs, and it holds 64 KiB at the most"
    : null;
}

/** Two schemas, and what makes the one the other. */
export interface Difference {
  readonly live: SchemaState;
  readonly wanted: SchemaState;
  readonly changes: readonly Change[];
}

/** Whether a server has made an index for a foreign key that should not be there either. */
function isLeftOver({ columns }: Index, table: string, { live, changes }: Difference): boolean {
  return tableOf(live, table).foreignKeys.some((key) =>
    sameColumns(key.columns, columns) &&
    changes.some((one) =>
      one.kind === "dropForeignKey" && one.table === table && one.name === key.name
    )
  );
}

/** The name of what a site may have added: it is in nobody's way. Null where something else is wrong. */
export function additionInWords(change: Change, difference: Difference): string | null {
  const { live } = difference;
  switch (change.kind) {
    case "dropTable":
      return `table "${change.table}"`;
    case "dropColumn": {
      const column = columnOf(tableOf(live, change.table), change.name);
      const fillsItself = column.nullable || column.default !== null || column.autoincrement;
      if (!fillsItself) return null;
      return `column "${change.name}" of table "${change.table}"`;
    }
    case "dropIndex": {
      const index = tableOf(live, change.table).indexes.find(({ name }) => name === change.name)!;
      if (index.unique || isLeftOver(index, change.table, difference)) return null;
      const columns = columnsInWords(index.columns);
      return `index "${change.name}" ${columns} of table "${change.table}"`;
    }
    default:
      return null;
  }
}
