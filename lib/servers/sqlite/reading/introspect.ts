/**
 * Reads the schema of a SQLite database from its PRAGMA functions. They do not tell the names of
 * constraints, which stand in the text of the CREATE TABLE only.
 *
 * @module
 */
import type { Database } from "../../database.ts";
import {
  type Column,
  emptySchema,
  type ForeignKey,
  type Index,
  type Key,
  type ReferentialAction,
  sameColumns,
  schemaOf,
  type SchemaState,
} from "../../../schema/schema.ts";
import { raw, type Row } from "../../../sql/statement.ts";
import { byKey, ENGINE_TABLES, groupByTable } from "../../reading/own_tables.ts";
import { storedDefault } from "../../shared/defaults.ts";
import { names } from "../../shared/names.ts";
import { ARE_TABLES, FROM_TABLES, TABLES } from "./tables.ts";
import { parseType } from "../sql/types.ts";
import { lostClauses } from "./lost_clauses.ts";

const COLUMNS = `
  SELECT m.name AS table_name, c.name AS name, c.type AS type, c."notnull" AS not_null,
    c.dflt_value AS "default", c.pk AS key_position
  FROM ${FROM_TABLES}, pragma_table_info(m.name) c
  WHERE ${ARE_TABLES} ORDER BY m.name, c.cid`;

const INDEXES = `
  SELECT m.name AS table_name, i.name AS name, i."unique" AS "unique", i.origin AS origin,
    i.partial AS partial, c.name AS column_name, c."desc" AS descending, c.coll AS collation,
    (SELECT sql FROM sqlite_master WHERE type = 'index' AND name = i.name) AS sql
  FROM ${FROM_TABLES}, pragma_index_list(m.name) i, pragma_index_xinfo(i.name) c
  WHERE ${ARE_TABLES} AND c.key = 1 ORDER BY m.name, i.seq DESC, c.seqno`;

const FOREIGN_KEYS = `
  SELECT m.name AS table_name, f.id AS name, f."from" AS column_name, f."table" AS ref_table,
    f."to" AS ref_column, f.on_delete AS on_delete, f.on_update AS on_update
  FROM ${FROM_TABLES}, pragma_foreign_key_list(m.name) f
  WHERE ${ARE_TABLES} ORDER BY m.name, f.id DESC, f.seq`;

const TRIGGERS = `SELECT m.tbl_name AS table_name, m.sql AS sql FROM ${FROM_TABLES}
  WHERE m.type = 'trigger' ORDER BY m.name`;

/** A constraint that the text of a CREATE TABLE gives a name to. */
interface NamedConstraint extends Key {
  readonly kind: string;
}

const QUOTED = String.raw`"(?:[^"]|"")+"|\`[^\`]+\`|\[[^\]]+\]`;
const IDENTIFIER = String.raw`${QUOTED}|\w+`;
const NAMED_CONSTRAINT = new RegExp(
  String.raw`CONSTRAINT\s+(${IDENTIFIER})\s+(UNIQUE|PRIMARY\s+KEY|FOREIGN\s+KEY)\s*` +
    String.raw`\(((?:${QUOTED}|[^)])*)\)`,
  "gi",
);

function unquote(identifier: string): string {
  const inner = /^["`[]/.test(identifier) ? identifier.slice(1, -1) : identifier;
  return inner.replaceAll('""', '"');
}

function namedConstraints(sql: string): readonly NamedConstraint[] {
  return [...sql.matchAll(NAMED_CONSTRAINT)].map(([, name, kind, columns]) => ({
    kind: kind!.toUpperCase().replace(/\s+/, " "),
    name: unquote(name!),
    columns: columns!.match(new RegExp(IDENTIFIER, "g"))?.map(unquote) ?? [],
  }));
}

function columnOfRow(row: Row, keyLength: number): Column {
  const type = parseType(String(row.type));
  const written = row.default as string | null;
  const rowId = keyLength === 1 && Number(row.key_position) === 1 &&
    String(row.type).toUpperCase() === "INTEGER";
  return {
    name: String(row.name),
    type,
    nullable: Number(row.not_null) === 0,
    default: written === null ? null : storedDefault({ sql: written }, type),
    autoincrement: rowId,
  };
}

const columnsOf = (rows: readonly Row[]): string[] => rows.map((row) => String(row.column_name));

/** An index with an expression, a condition, a direction or a collation is more than its columns. */
const isPlain = (rows: readonly Row[]): boolean =>
  rows.every((row) =>
    Number(row.partial) === 0 && row.column_name !== null && Number(row.descending) === 0 &&
    row.collation === "BINARY"
  );

const indexOfRows = (rows: readonly Row[]): Index => ({
  name: String(rows[0]!.name),
  columns: columnsOf(rows),
  unique: Number(rows[0]!.unique) === 1,
  implicit: false,
});

/** Names a constraint as the table's text does, or as the program would. */
type NameOf = (
  kind: "UNIQUE" | "PRIMARY KEY" | "FOREIGN KEY",
  columns: readonly string[],
) => string;

function namingOf(table: string, sql: string): NameOf {
  const left = [...namedConstraints(sql)];
  const chosen = {
    "PRIMARY KEY": () => names.primaryKey(emptySchema, table),
    UNIQUE: (columns: readonly string[]) => names.unique(emptySchema, table, columns),
    "FOREIGN KEY": (columns: readonly string[]) => names.foreignKey(emptySchema, table, columns),
  };
  return (kind, columns) => {
    const index = left.findIndex((one) => one.kind === kind && sameColumns(one.columns, columns));
    // Several foreign keys may have the same columns; they are told in the order of the text.
    return index < 0 ? chosen[kind](columns) : left.splice(index, 1)[0]!.name;
  };
}

/** A part of a table that most tables do not have. */
const filled = (part: "madeAgainInRebuild" | "lostInRebuild", texts: readonly string[]) =>
  texts.length > 0 ? { [part]: texts } : {};

/** The schema of the connection's main database. */
export async function introspect(database: Database): Promise<SchemaState> {
  const read = async (query: string) => groupByTable(await database.query(raw(query)));
  const tables = await read(TABLES);
  const columns = await read(COLUMNS);
  const indexes = await read(INDEXES);
  const foreignKeys = await read(FOREIGN_KEYS);
  const triggers = await read(TRIGGERS);
  for (const table of ENGINE_TABLES) tables.delete(table);

  const primaryKeyColumns = (table: string): string[] =>
    (columns.get(table) ?? []).filter((row) => Number(row.key_position) > 0)
      .toSorted((left, right) => Number(left.key_position) - Number(right.key_position))
      .map((row) => String(row.name));

  const foreignKeyOfRows = (rows: readonly Row[], nameOf: NameOf): ForeignKey => {
    const { ref_table, ref_column, on_delete, on_update } = rows[0]!;
    return {
      name: nameOf("FOREIGN KEY", columnsOf(rows)),
      columns: columnsOf(rows),
      refTable: String(ref_table),
      // REFERENCES without columns means the primary key.
      refColumns: ref_column === null
        ? primaryKeyColumns(String(ref_table))
        : rows.map((row) => String(row.ref_column)),
      onDelete: on_delete as ReferentialAction,
      onUpdate: on_update as ReferentialAction,
    };
  };

  return schemaOf([...tables].map(([name, [row]]) => {
    const nameOf = namingOf(name, String(row!.sql));
    const key = primaryKeyColumns(name);
    const keys = byKey(indexes.get(name));
    const created = keys.filter(([first]) => first!.origin === "c");
    return {
      name,
      columns: (columns.get(name) ?? []).map((column) => columnOfRow(column, key.length)),
      primaryKey: key.length > 0 ? { name: nameOf("PRIMARY KEY", key), columns: key } : null,
      uniques: keys.filter(([first]) => first!.origin === "u").map((rows) => ({
        name: nameOf("UNIQUE", columnsOf(rows)),
        columns: columnsOf(rows),
      })),
      indexes: created.filter(isPlain).map(indexOfRows),
      foreignKeys: byKey(foreignKeys.get(name)).map((rows) => foreignKeyOfRows(rows, nameOf)),
      ...filled("madeAgainInRebuild", [
        ...created.filter((rows) => !isPlain(rows)).map(([first]) => String(first!.sql)),
        ...(triggers.get(name) ?? []).map((trigger) => String(trigger.sql)),
      ]),
      ...filled("lostInRebuild", lostClauses(String(row!.sql))),
    };
  }));
}
