/**
 * Reads the schema of a MySQL or MariaDB database from `information_schema`.
 *
 * @module
 */
import type { Database } from "../../database.ts";
import {
  type Column,
  type Default,
  type ForeignKey,
  type Index,
  type ReferentialAction,
  schemaOf,
  type SchemaState,
} from "../../../schema/schema.ts";
import { raw, type Row } from "../../../sql/statement.ts";
import { LEASE_TABLE } from "../galera/lease.ts";
import { byKey, ENGINE_TABLES, groupByTable } from "../../reading/own_tables.ts";
import { storedDefault } from "../../shared/defaults.ts";
import { withImplicit } from "../sql/names.ts";
import { TABLES } from "./tables.ts";
import { parseType } from "../sql/types.ts";

const COLUMNS = `
  SELECT table_name AS table_name, column_name AS name, column_type AS type,
    is_nullable AS nullable, column_default AS \`default\`, extra AS extra, VERSION() AS version
  FROM information_schema.columns
  WHERE table_schema = DATABASE()
  ORDER BY table_name, ordinal_position`;

const INDEXES = `
  SELECT table_name AS table_name, index_name AS name, column_name AS column_name,
    non_unique AS non_unique
  FROM information_schema.statistics
  WHERE table_schema = DATABASE()
  ORDER BY table_name, index_name, seq_in_index`;

const FOREIGN_KEYS = `
  SELECT k.table_name AS table_name, k.constraint_name AS name, k.column_name AS column_name,
    k.referenced_table_name AS ref_table, k.referenced_column_name AS ref_column,
    r.delete_rule AS on_delete, r.update_rule AS on_update
  FROM information_schema.key_column_usage k
  JOIN information_schema.referential_constraints r
    ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name
    AND r.table_name = k.table_name
  WHERE k.table_schema = DATABASE() AND k.referenced_table_name IS NOT NULL
  ORDER BY k.table_name, k.constraint_name, k.ordinal_position`;

/**
 * The collations of tables that have another one than new tables get. What foreign keys compare is that
 * of the columns, and the default of a table can be changed without them.
 */
const COLLATIONS = `
  SELECT t.table_name AS table_name, COALESCE(MIN(c.collation_name), t.table_collation) AS collation
  FROM information_schema.tables t
  LEFT JOIN information_schema.columns c ON c.table_schema = t.table_schema
    AND c.table_name = t.table_name AND c.column_key = 'PRI'
  WHERE t.table_schema = DATABASE() AND t.table_collation IS NOT NULL
  GROUP BY t.table_name, t.table_collation
  HAVING collation <> @@collation_database`;

/** Text that is spelled as an expression, see `defaultSql` in compile.ts. */
const CONVERTED = /^convert\((?:X'|0x)([0-9a-f]*)'? using utf8mb4\)$/i;

/**
 * MariaDB writes SQL, in which a backslash escapes; MySQL leaves literals bare and marks expressions.
 */
function writtenDefault(row: Row): Default | null {
  const written = row.default as string | null;
  if (written === null) return null;
  const hex = CONVERTED.exec(written)?.[1];
  if (hex !== undefined) return { literal: new TextDecoder().decode(Uint8Array.fromHex(hex)) };
  if (String(row.version).includes("MariaDB")) {
    return { sql: written.startsWith("'") ? unescaped(written) : written };
  }
  const isSql = String(row.extra).includes("DEFAULT_GENERATED") ||
    /^CURRENT_TIMESTAMP/.test(written);
  // A literal in parentheses: _utf8mb4\'text\'
  const quoted = /^_\w+\\?(?='.*'$)/s.exec(written)?.[0] ?? "";
  return isSql ? { sql: unescaped(written.slice(quoted.length)) } : { literal: written };
}

function columnOfRow(row: Row): Column {
  const type = parseType(String(row.type));
  const written = writtenDefault(row);
  return {
    name: String(row.name),
    type,
    nullable: row.nullable === "YES",
    default: written && storedDefault(written, type),
    autoincrement: String(row.extra).includes("auto_increment"),
  };
}

/** What MariaDB writes with a backslash, besides the backslash itself. */
const ESCAPES: Readonly<Record<string, string>> = { "0": "\0", n: "\n", r: "\r", "'": "''" };

const unescaped = (written: string): string =>
  written.replace(/\\(.)/gs, (_, character: string) => ESCAPES[character] ?? character);

const indexOfRows = (rows: readonly Row[]): Index => ({
  name: String(rows[0]!.name),
  columns: rows.map((row) => String(row.column_name)),
  unique: Number(rows[0]!.non_unique) === 0,
  implicit: false,
});

/** MySQL 8 has indexes on expressions, which have no name for a column. */
const isPlain = (rows: readonly Row[]): boolean => rows.every((row) => row.column_name !== null);

const action = (rule: unknown): ReferentialAction =>
  rule === "RESTRICT" ? "NO ACTION" : rule as ReferentialAction;

const foreignKeyOfRows = (rows: readonly Row[]): ForeignKey => ({
  name: String(rows[0]!.name),
  columns: rows.map((row) => String(row.column_name)),
  refTable: String(rows[0]!.ref_table),
  refColumns: rows.map((row) => String(row.ref_column)),
  onDelete: action(rows[0]!.on_delete),
  onUpdate: action(rows[0]!.on_update),
});

/** The schema of the connection's database. */
export async function introspect(database: Database): Promise<SchemaState> {
  const read = async (query: string) => groupByTable(await database.query(raw(query)));
  const tables = await read(TABLES);
  const columns = await read(COLUMNS);
  const indexes = await read(INDEXES);
  const foreignKeys = await read(FOREIGN_KEYS);
  const collations = await read(COLLATIONS);
  for (const table of [...ENGINE_TABLES, LEASE_TABLE]) tables.delete(table);
  return schemaOf([...tables.keys()].map((name) => {
    const keys = byKey(indexes.get(name)).filter(isPlain).map(indexOfRows);
    const primaryKey = keys.find((key) => key.name === "PRIMARY");
    const collation = collations.get(name)?.[0]?.collation;
    return withImplicit({
      name,
      columns: (columns.get(name) ?? []).map(columnOfRow),
      primaryKey: primaryKey ? { name: "PRIMARY", columns: primaryKey.columns } : null,
      // The catalog does not tell a unique constraint from a unique index: they are the same thing.
      uniques: keys.filter((key) => key.unique && key !== primaryKey)
        .map(({ name, columns }) => ({ name, columns })),
      indexes: keys.filter((key) => !key.unique),
      foreignKeys: byKey(foreignKeys.get(name)).map(foreignKeyOfRows),
      ...(collation ? { collation: String(collation) } : {}),
    });
  }));
}
