/**
 * Reads the schema of a PostgreSQL database from its catalog.
 *
 * @module
 */
import type { Database } from "../../database.ts";
import {
  type Column,
  type ForeignKey,
  type Index,
  type Key,
  type ReferentialAction,
  schemaOf,
  type SchemaState,
} from "../../../schema/schema.ts";
import { ofCatalog, raw, type Row } from "../../../sql/statement.ts";
import { ENGINE_TABLES, groupByTable, names } from "../../reading/own_tables.ts";
import { storedDefault } from "../../shared/defaults.ts";
import { FROM_TABLES, TABLES } from "./tables.ts";
import { parseType } from "../sql/types.ts";

// Names travel as JSON arrays, since a comma or a blank may be part of one.
const COLUMN_NAMES = (keys: string, relation: string, count = "NULL") =>
  `(
  SELECT json_agg(a.attname ORDER BY k.position)::text
  FROM unnest(${keys}) WITH ORDINALITY AS k (number, position)
  JOIN pg_attribute a ON a.attrelid = ${relation} AND a.attnum = k.number
  WHERE k.position <= coalesce(${count}, k.position)
)`;

// What INCLUDE adds comes after the index's own columns; PostgreSQL 10 has neither.
const OWN_COLUMNS = "(to_jsonb(x) ->> 'indnkeyatts')::int";

const COLUMNS = `
  SELECT t.relname AS table_name, a.attname AS name, a.attnotnull AS not_null,
    format_type(a.atttypid, a.atttypmod) AS type, a.attidentity <> '' AS identity,
    pg_get_expr(d.adbin, d.adrelid) AS default,
    current_setting('standard_conforming_strings') AS standard_strings
  FROM ${FROM_TABLES}
  JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum
  ORDER BY t.relname, a.attnum`;

const CONSTRAINTS = `
  SELECT t.relname AS table_name, c.conname AS name, c.contype::text AS kind,
    c.confdeltype::text AS on_delete, c.confupdtype::text AS on_update,
    r.relname AS ref_table, ${COLUMN_NAMES("c.conkey", "c.conrelid")} AS columns,
    ${COLUMN_NAMES("c.confkey", "c.confrelid")} AS ref_columns
  FROM ${FROM_TABLES}
  JOIN pg_constraint c ON c.conrelid = t.oid AND c.contype IN ('p', 'u', 'f')
  LEFT JOIN pg_class r ON r.oid = c.confrelid
  ORDER BY t.relname, c.conname`;

const INDEXES = `
  SELECT t.relname AS table_name, i.relname AS name, x.indisunique AS unique,
    ${COLUMN_NAMES("x.indkey::int2[]", "x.indrelid", OWN_COLUMNS)} AS columns
  FROM ${FROM_TABLES}
  JOIN pg_index x ON x.indrelid = t.oid AND x.indexprs IS NULL AND x.indpred IS NULL
  JOIN pg_class i ON i.oid = x.indexrelid
  WHERE NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.oid AND c.contype IN ('p', 'u'))
  ORDER BY t.relname, i.relname`;

/** A default as SQL that reads alike with standard_conforming_strings on and off. */
function writtenDefault({ default: written, standard_strings }: Row): string | null {
  if (written === null || standard_strings === "on") return written as string | null;
  return String(written).replaceAll("\\\\", "\\");
}

function columnOfRow(row: Row): Column {
  const written = writtenDefault(row);
  const type = parseType(String(row.type));
  const autoincrement = row.identity === true || /^"?nextval"?\(/.test(written ?? "");
  return {
    name: String(row.name),
    type,
    nullable: !row.not_null,
    default: autoincrement || written === null ? null : storedDefault({ sql: written }, type),
    autoincrement,
  };
}

const keyOfRow = (row: Row): Key => ({ name: String(row.name), columns: names(row.columns) });

const indexOfRow = (row: Row): Index => ({
  ...keyOfRow(row),
  unique: row.unique === true,
  implicit: false,
});

// pg_constraint.confdeltype and confupdtype.
const actions: Readonly<Record<string, ReferentialAction>> = {
  a: "NO ACTION",
  r: "RESTRICT",
  c: "CASCADE",
  n: "SET NULL",
  d: "SET DEFAULT",
};

const foreignKeyOfRow = (row: Row): ForeignKey => ({
  ...keyOfRow(row),
  refTable: String(row.ref_table),
  refColumns: names(row.ref_columns),
  onDelete: actions[String(row.on_delete)]!,
  onUpdate: actions[String(row.on_update)]!,
});

/** The schema of the schemas in the connection's `search_path`. */
export async function introspect(database: Database): Promise<SchemaState> {
  const read = async (query: string) => groupByTable(await database.query(ofCatalog(raw(query))));
  const tables = await read(TABLES);
  const columns = await read(COLUMNS);
  const constraints = await read(CONSTRAINTS);
  const indexes = await read(INDEXES);
  for (const table of ENGINE_TABLES) tables.delete(table);
  return schemaOf([...tables.keys()].map((name) => {
    const ofKind = (kind: string) =>
      (constraints.get(name) ?? []).filter((row) => row.kind === kind);
    return {
      name,
      columns: (columns.get(name) ?? []).map(columnOfRow),
      primaryKey: ofKind("p").map(keyOfRow)[0] ?? null,
      uniques: ofKind("u").map(keyOfRow),
      indexes: (indexes.get(name) ?? []).map(indexOfRow),
      foreignKeys: ofKind("f").map(foreignKeyOfRow),
    };
  }));
}
