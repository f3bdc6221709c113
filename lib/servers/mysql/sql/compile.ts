/**
 * How MySQL and MariaDB spell changes. Each ALTER TABLE may copy the table, so that consecutive
 * changes of one table become one statement where that costs no more than several.
 *
 * @module
 */
import type { AppliedChange } from "../../../schema/apply.ts";
import type { Change, ChangeKind } from "../../../schema/change.ts";
import { sameColumn } from "../../../schema/diff/mod.ts";
import { handle, type Handlers } from "../../../schema/handlers.ts";
import type { Part } from "../../../schema/part.ts";
import {
  type Column,
  type Default,
  type ForeignKey,
  type SchemaState,
  type Table,
  tableOf,
} from "../../../schema/schema.ts";
import type { ColumnType } from "../../../schema/types.ts";
import { literal } from "./literals.ts";
import { raw, type Statement } from "../../../sql/statement.ts";
import { statements, type Step, stepOf } from "../../step.ts";
import {
  body,
  columnList,
  defaultText,
  deleteRows,
  references,
  updateRows,
} from "../../shared/spelling.ts";
import { columnBefore } from "../../effect.ts";
import { batchesOf } from "./batches.ts";
import { isSuperseded, names } from "./names.ts";
import { type ClauseKind, isClause } from "../online_ddl.ts";
import { quote } from "./quote.ts";
import { typeText } from "./types.ts";

const LONG_TEXTS: readonly ColumnType["kind"][] = ["text", "mediumText", "longText"];

/**
 * MySQL allows long texts no literal, only an expression; MariaDB 10.11 misreads one that begins
 * with a character set.
 */
function defaultSql(value: Default, { kind }: ColumnType): string {
  const sql = defaultText(value, literal);
  if ("sql" in value || !LONG_TEXTS.includes(kind)) return sql;
  const hex = /^_utf8mb4 (X'.*')$/.exec(sql)?.[1];
  return hex ? `(CONVERT(${hex} USING utf8mb4))` : `(${sql})`;
}

function columnText(column: Column): string {
  const { name, type, nullable, autoincrement } = column;
  return [
    quote(name),
    typeText(type),
    nullable ? "NULL" : "NOT NULL",
    ...(autoincrement ? ["AUTO_INCREMENT"] : []),
    ...(column.default ? [`DEFAULT ${defaultSql(column.default, type)}`] : []),
  ].join(" ");
}

const keyText = (kind: string, name: string, columns: readonly string[]): string =>
  `${kind} ${quote(name)} ${columnList(columns, quote)}`;

/**
 * A name that the server would choose is left to the server: with a name given, the index that it
 * makes for the key would be called like the key instead of like its column.
 */
function foreignKeyText(key: ForeignKey, generated: string): string {
  const name = key.name === generated ? "" : `CONSTRAINT ${quote(key.name)} `;
  return `${name}FOREIGN KEY ${columnList(key.columns, quote)} ${references(key, quote)}`;
}

function foreignKeyLines(table: Table): readonly string[] {
  return table.foreignKeys.map((key, index) => {
    const earlier = { ...table, foreignKeys: table.foreignKeys.slice(0, index) };
    const schema = { tables: new Map([[table.name, earlier]]) };
    return foreignKeyText(key, names.foreignKey(schema, table.name, key.columns));
  });
}

function createTable({ table }: Change<"createTable">): readonly Statement[] {
  const { columns, primaryKey, uniques, indexes, collation } = table;
  const lines = [
    ...columns.map(columnText),
    ...(primaryKey ? [`PRIMARY KEY ${columnList(primaryKey.columns, quote)}`] : []),
    ...uniques.map((key) => keyText("UNIQUE KEY", key.name, key.columns)),
    ...indexes.filter(({ implicit }) => !implicit)
      .map((key) => keyText(key.unique ? "UNIQUE KEY" : "KEY", key.name, key.columns)),
    ...foreignKeyLines(table),
  ];
  const options = collation ? ` COLLATE ${collation}` : "";
  return statements(`CREATE TABLE ${quote(table.name)} ${body(lines)}${options}`);
}

const alterTable = (table: string, clauses: readonly string[]): string =>
  `ALTER TABLE ${quote(table)}\n${clauses.map((clause) => `  ${clause}`).join(",\n")}`;

/** The kinds of changes that are statements of their own. */
const statementsOf: Handlers<[], readonly Statement[], Exclude<ChangeKind, ClauseKind>> = {
  createTable,
  dropTable: ({ table }) => statements(`DROP TABLE ${quote(table)}`),
  updateRows: (change) => [updateRows(change, quote)],
  deleteRows: (change) => [deleteRows(change, quote)],
  execute: ({ sql }) => [raw(sql)],
};

/** The kinds of changes that are a clause of an ALTER TABLE; null where the server makes it unasked. */
const clauseOf: Handlers<[SchemaState], string | null, ClauseKind> = {
  add: {
    columns: ({ item }) => `ADD COLUMN ${columnText(item)}`,
    uniques: ({ item: { name, columns } }) => `ADD ${keyText("UNIQUE KEY", name, columns)}`,
    indexes: ({ item: { name, columns, unique, implicit } }) =>
      implicit ? null : `ADD ${keyText(unique ? "UNIQUE KEY" : "KEY", name, columns)}`,
    foreignKeys: ({ table, item }, before) =>
      `ADD ${foreignKeyText(item, names.foreignKey(before, table, item.columns))}`,
  },
  alter: ({ item }) => `MODIFY COLUMN ${columnText(item)}`,
  drop: {
    columns: ({ name }) => `DROP COLUMN ${quote(name)}`,
    uniques: ({ name }) => `DROP KEY ${quote(name)}`,
    indexes: ({ table, name }, before) =>
      isSuperseded(tableOf(before, table), name) ? null : `DROP KEY ${quote(name)}`,
    foreignKeys: ({ name }) => `DROP FOREIGN KEY ${quote(name)}`,
  },
  addPrimaryKey: ({ primaryKey: { columns } }) => `ADD PRIMARY KEY ${columnList(columns, quote)}`,
  dropPrimaryKey: () => "DROP PRIMARY KEY",
};

type Clause = Change<ClauseKind>;

/** An ALTER TABLE that is still being put together. */
interface AlterTable {
  readonly table: string;
  readonly changes: readonly AppliedChange<ClauseKind>[];
  readonly clauses: readonly string[];
}

/** The name that a clause gives to a part of its table, or takes from there; null for a primary key. */
function subject(change: Clause): string | null {
  if (change.kind === "drop") return change.name;
  return change.kind === "add" || change.kind === "alter" ? change.item.name : null;
}

const isOf = (change: Clause, kind: "add" | "drop", part: Part): boolean =>
  change.kind === kind && change.part === part;

/**
 * What cannot be in one statement with a foreign key that goes: InnoDB looks for the key's name and
 * columns in the table as it was; and for a key that a foreign key of the table itself refers to.
 */
function waitsForForeignKeys(change: Clause, before: SchemaState): boolean {
  if (change.kind === "alter" || change.kind === "dropPrimaryKey") return true;
  const dropsKey = isOf(change, "drop", "uniques") || isOf(change, "drop", "indexes");
  return isOf(change, "add", "foreignKeys") ||
    (dropsKey && refersToItself(tableOf(before, change.table)));
}

const refersToItself = ({ name, foreignKeys }: Table): boolean =>
  foreignKeys.some(({ refTable }) => refTable === name);

/** What a new foreign key to its own table needs to be done before. */
const isBeforeOwnKeys = (change: Clause): boolean =>
  change.kind === "alter" || change.kind === "addPrimaryKey" || isOf(change, "add", "uniques");

/**
 * Columns are added and dropped at once by themselves, and by a rebuild of the table in one statement
 * with keys, which are made beside the table; all else rebuilds the table anyway.
 */
const weights: Handlers<[SchemaState], "none" | "column" | "key" | "rebuild", ClauseKind> = {
  add: {
    columns: () => "column",
    uniques: () => "key",
    indexes: () => "key",
    foreignKeys: () => "rebuild",
  },
  // A default that a column gets or loses, and nothing else, touches no row.
  alter: (change, before) =>
    sameColumn({ ...columnBefore(change, before), default: change.item.default }, change.item)
      ? "none"
      : "rebuild",
  drop: {
    columns: () => "column",
    uniques: () => "key",
    indexes: () => "key",
    foreignKeys: () => "key",
  },
  addPrimaryKey: () => "rebuild",
  dropPrimaryKey: () => "rebuild",
};

/** Whether a clause costs no more in this statement than by itself. */
function costsTheSame({ changes }: AlterTable, clause: AppliedChange<ClauseKind>): boolean {
  const all = new Set(
    [...changes, clause].map(({ change, before }) => handle(weights, change, before)),
  );
  return all.has("rebuild") || !(all.has("column") && all.has("key"));
}

/** A clause cannot alter or drop what another clause of the same statement adds or alters. */
function fits(
  { table, changes }: AlterTable,
  { change }: AppliedChange<ClauseKind>,
): boolean {
  const earlier = changes.map((applied) => applied.change);
  const dropsForeignKey = earlier.some((one) => isOf(one, "drop", "foreignKeys"));
  if (dropsForeignKey && waitsForForeignKeys(change, changes[0]!.before)) return false;
  const refersHere = change.kind === "add" && change.part === "foreignKeys" &&
    change.item.refTable === table;
  if (refersHere && earlier.some(isBeforeOwnKeys)) return false;
  if (change.kind.startsWith("add")) return true;
  return !earlier.some((one) => !one.kind.startsWith("drop") && subject(one) === subject(change));
}

const finish = ({ table, changes, clauses }: AlterTable): Step =>
  stepOf(changes, clauses.length > 0 ? statements(alterTable(table, clauses)) : []);

/** Puts consecutive changes of one table into one ALTER TABLE; everything else is a step of its own. */
export function compile(changes: readonly AppliedChange[]): readonly Step[] {
  const steps: Step[] = [];
  let open: AlterTable | null = null;
  const close = (): void => {
    if (open) steps.push(finish(open));
    open = null;
  };
  for (const applied of changes) {
    const { change, before } = applied;
    if (!isClause(change)) {
      close();
      steps.push(stepOf([applied], handle(statementsOf, change), batchesOf(applied)));
      continue;
    }
    const clause = { ...applied, change };
    const text = handle(clauseOf, change, before);
    const { table } = change;
    // What the server does by itself goes with the clause that makes it do so.
    const joins = (one: AlterTable): boolean =>
      text === null || (fits(one, clause) && costsTheSame(one, clause));
    if (open && (open.table !== table || !joins(open))) close();
    const { changes: together, clauses }: AlterTable = open ?? { table, changes: [], clauses: [] };
    open = {
      table,
      changes: [...together, clause],
      clauses: text === null ? clauses : [...clauses, text],
    };
  }
  close();
  return steps;
}
