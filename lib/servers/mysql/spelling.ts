/**
 * How MySQL and MariaDB spell changes. Each ALTER TABLE may copy the table, so that consecutive
 * changes of one table become one statement where that costs no more than several.
 *
 * @module
 */
import type { AppliedChange } from "../../schema/apply.ts";
import type { Change } from "../../schema/change.ts";
import {
  type Column,
  type Default,
  type ForeignKey,
  type SchemaState,
  type Table,
  tableOf,
} from "../../schema/schema.ts";
import type { ColumnType } from "../../schema/types.ts";
import { literals } from "../../sql/literals.ts";
import { raw, type Statement } from "../../sql/statement.ts";
import { type Compilers, spell, statements, type Step, stepOf } from "../server.ts";
import {
  body,
  columnList,
  defaultText,
  deleteRows,
  references,
  updateRows,
} from "../shared/spelling.ts";
import { columnBefore } from "../effect.ts";
import { batchesOf } from "./batches.ts";
import { isSuperseded, names } from "./names.ts";
import { quote } from "./quote.ts";
import { typeText } from "./types.ts";

const literal = literals.mysql;

/** Either clauses of an ALTER TABLE that may have more, or statements that stand alone. */
type Spelling =
  | { readonly clauses: readonly string[] }
  | { readonly statements: readonly Statement[] };

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

function createTable({ table }: Change<"createTable">): Spelling {
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
  return { statements: statements(`CREATE TABLE ${quote(table.name)} ${body(lines)}${options}`) };
}

const alterTable = (table: string, clauses: readonly string[]): string =>
  `ALTER TABLE ${quote(table)}\n${clauses.map((clause) => `  ${clause}`).join(",\n")}`;

const compilers: Compilers<Spelling> = {
  createTable,
  dropTable: ({ table }) => ({ statements: statements(`DROP TABLE ${quote(table)}`) }),
  addColumn: ({ column }) => ({ clauses: [`ADD COLUMN ${columnText(column)}`] }),
  dropColumn: ({ name }) => ({ clauses: [`DROP COLUMN ${quote(name)}`] }),
  alterColumn: ({ column }) => ({ clauses: [`MODIFY COLUMN ${columnText(column)}`] }),
  addPrimaryKey: ({ primaryKey: { columns } }) => ({
    clauses: [`ADD PRIMARY KEY ${columnList(columns, quote)}`],
  }),
  dropPrimaryKey: () => ({ clauses: ["DROP PRIMARY KEY"] }),
  addUnique: ({ unique: { name, columns } }) => ({
    clauses: [`ADD ${keyText("UNIQUE KEY", name, columns)}`],
  }),
  dropUnique: ({ name }) => ({ clauses: [`DROP KEY ${quote(name)}`] }),
  addIndex: ({ index: { name, columns, unique, implicit } }) => ({
    clauses: implicit ? [] : [`ADD ${keyText(unique ? "UNIQUE KEY" : "KEY", name, columns)}`],
  }),
  dropIndex: ({ table, name }, before) => ({
    clauses: isSuperseded(tableOf(before, table), name) ? [] : [`DROP KEY ${quote(name)}`],
  }),
  addForeignKey: ({ table, foreignKey }, before) => ({
    clauses: [
      `ADD ${foreignKeyText(foreignKey, names.foreignKey(before, table, foreignKey.columns))}`,
    ],
  }),
  dropForeignKey: ({ name }) => ({ clauses: [`DROP FOREIGN KEY ${quote(name)}`] }),
  updateRows: (change) => ({ statements: [updateRows(change, quote)] }),
  deleteRows: (change) => ({ statements: [deleteRows(change, quote)] }),
  execute: ({ sql }) => ({ statements: [raw(sql)] }),
};

/** An ALTER TABLE that is still being put together. */
interface Alteration {
  readonly table: string;
  readonly changes: readonly AppliedChange[];
  readonly clauses: readonly string[];
}

/** The name that a change gives to something of its table, or takes from there. */
function subject(change: Change): string | null {
  switch (change.kind) {
    case "addColumn":
    case "alterColumn":
      return change.column.name;
    case "addUnique":
      return change.unique.name;
    case "addIndex":
      return change.index.name;
    case "addForeignKey":
      return change.foreignKey.name;
    default:
      return "name" in change ? change.name : null;
  }
}

/**
 * What cannot be in one statement with a foreign key that goes: InnoDB looks for the key's name and
 * columns in the table as it was.
 */
const AFTER_FOREIGN_KEYS: readonly Change["kind"][] = [
  "addForeignKey",
  "alterColumn",
  "dropPrimaryKey",
];

/** The same of keys that a foreign key of the table itself refers to. */
const KEY_DROPS: readonly Change["kind"][] = ["dropUnique", "dropIndex"];

/** What a new foreign key to its own table needs to be done before. */
const BEFORE_OWN_KEYS: readonly Change["kind"][] = ["alterColumn", "addPrimaryKey", "addUnique"];

function refersToItself(name: string, schema: SchemaState): boolean {
  const keys = schema.tables.get(name)?.foreignKeys ?? [];
  return keys.some(({ refTable }) => refTable === name);
}

/** What a server makes at once by itself, and by a rebuild of the table in one statement with keys. */
const COLUMNS: readonly Change["kind"][] = ["addColumn", "dropColumn"];

/** What a server makes beside the table. */
const KEYS: readonly Change["kind"][] = [
  "addUnique",
  "dropUnique",
  "addIndex",
  "dropIndex",
  "dropForeignKey",
];

const isAlteration = (applied: AppliedChange): applied is AppliedChange<"alterColumn"> =>
  applied.change.kind === "alterColumn";

/** Whether a column gets or loses a default and nothing else, which touches no row. */
function isDefaultOnly(applied: AppliedChange): boolean {
  if (!isAlteration(applied)) return false;
  const now = JSON.stringify({ ...columnBefore(applied), default: null });
  return now === JSON.stringify({ ...applied.change.column, default: null });
}

/**
 * Whether a clause costs no more in this statement than by itself: columns and keys do, together,
 * unless another clause rebuilds the table anyway.
 */
function costsTheSame({ changes }: Alteration, applied: AppliedChange): boolean {
  const kinds = [...changes, applied].filter((one) => !isDefaultOnly(one))
    .map(({ change }) => change.kind);
  const isHeavy = kinds.some((kind) => !COLUMNS.includes(kind) && !KEYS.includes(kind));
  const isMixed = kinds.some((kind) => COLUMNS.includes(kind)) &&
    kinds.some((kind) => KEYS.includes(kind));
  return isHeavy || !isMixed;
}

/** A clause cannot alter or drop what another clause of the same statement adds or alters. */
function fits({ table, changes }: Alteration, { change }: AppliedChange): boolean {
  const earlier = changes.map((applied) => applied.change);
  const dropsForeignKey = earlier.some(({ kind }) => kind === "dropForeignKey");
  if (dropsForeignKey && AFTER_FOREIGN_KEYS.includes(change.kind)) return false;
  if (dropsForeignKey && KEY_DROPS.includes(change.kind)) {
    if (refersToItself(table, changes[0]!.before)) return false;
  }
  const refersHere = change.kind === "addForeignKey" && change.foreignKey.refTable === table;
  if (refersHere && earlier.some(({ kind }) => BEFORE_OWN_KEYS.includes(kind))) return false;
  if (change.kind.startsWith("add")) return true;
  return !earlier.some((one) => !one.kind.startsWith("drop") && subject(one) === subject(change));
}

const finish = ({ table, changes, clauses }: Alteration): Step =>
  stepOf(changes, clauses.length > 0 ? statements(alterTable(table, clauses)) : []);

/** Puts consecutive changes of one table into one ALTER TABLE; everything else is a step of its own. */
export function compile(changes: readonly AppliedChange[]): readonly Step[] {
  const steps: Step[] = [];
  let open: Alteration | null = null;
  const close = (): void => {
    if (open) steps.push(finish(open));
    open = null;
  };
  for (const applied of changes) {
    const spelling = spell(compilers, applied);
    if ("statements" in spelling) {
      close();
      steps.push(stepOf([applied], spelling.statements, batchesOf(applied)));
      continue;
    }
    const table = (applied.change as { table: string }).table;
    // What the server does by itself goes with the clause that makes it do so.
    const isImplied = spelling.clauses.length === 0;
    const joins = (one: Alteration): boolean =>
      isImplied || (fits(one, applied) && costsTheSame(one, applied));
    if (open && (open.table !== table || !joins(open))) close();
    const { changes: together, clauses }: Alteration = open ?? { table, changes: [], clauses: [] };
    open = {
      table,
      changes: [...together, applied],
      clauses: [...clauses, ...spelling.clauses],
    };
  }
  close();
  return steps;
}
