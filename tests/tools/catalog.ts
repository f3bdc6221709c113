/**
 * Reads a server's catalog in the form of the reference files, by queries that share nothing with
 * those of the program under test.
 *
 * @module
 */
import type { Database } from "../../lib/servers/database.ts";
import { raw, type Row } from "../../lib/sql/statement.ts";

/** The catalog of one table as the reference files have it. */
export interface CatalogTable {
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly nullable: boolean;
    readonly default: string | null;
    readonly autoincrement: boolean;
  }[];
  readonly primaryKey: { readonly name: string; readonly columns: readonly string[] } | null;
  readonly unique: readonly { readonly name: string; readonly columns: readonly string[] }[];
  readonly indexes: readonly {
    readonly name: string;
    readonly columns: readonly string[];
    readonly unique: boolean;
  }[];
  readonly foreignKeys: readonly Readonly<Record<string, unknown>>[];
  readonly checks: readonly unknown[];
  readonly engine?: string;
  readonly charset?: string;
  readonly collation?: string;
}

/** All tables by name. */
export type Catalog = Readonly<Record<string, CatalogTable>>;

const byName = (left: { name: string }, right: { name: string }) => left.name < right.name ? -1 : 1;

function grouped(rows: readonly Row[], table: unknown): (readonly Row[])[] {
  const own = rows.filter((row) => row.tbl === table);
  return [...Map.groupBy(own, (row) => String(row.name)).values()];
}

const columns = (rows: readonly Row[], column = "col") => rows.map((row) => String(row[column]));

const POSTGRESQL_COLUMNS = `
  SELECT table_name AS tbl, column_name AS name, is_nullable AS nullable,
    column_default AS dflt, data_type AS type, character_maximum_length AS length
  FROM information_schema.columns WHERE table_schema = 'public'
  ORDER BY table_name, ordinal_position`;

const POSTGRESQL_KEYS = `
  SELECT tc.table_name AS tbl, tc.constraint_name AS name, tc.constraint_type AS kind,
    k.column_name AS col
  FROM information_schema.table_constraints tc
  JOIN information_schema.key_column_usage k USING (constraint_schema, constraint_name, table_name)
  WHERE tc.table_schema = 'public'
  ORDER BY 1, 2, k.ordinal_position`;

const POSTGRESQL_REFERENCES = `
  SELECT tc.table_name AS tbl, r.constraint_name AS name, r.delete_rule AS del,
    r.update_rule AS upd, k.table_name AS ref, k.column_name AS col
  FROM information_schema.referential_constraints r
  JOIN information_schema.table_constraints tc USING (constraint_schema, constraint_name)
  JOIN information_schema.key_column_usage k
    ON k.constraint_schema = r.unique_constraint_schema
    AND k.constraint_name = r.unique_constraint_name
  WHERE r.constraint_schema = 'public' ORDER BY 1, 2, k.ordinal_position`;

const POSTGRESQL_INDEXES = `
  SELECT i.tablename AS tbl, i.indexname AS name, i.indexdef AS def
  FROM pg_indexes i
  WHERE i.schemaname = 'public' AND NOT EXISTS (
    SELECT 1 FROM information_schema.table_constraints tc
    WHERE tc.constraint_name = i.indexname AND tc.table_name = i.tablename)
  ORDER BY 1, 2`;

const POSTGRESQL_CHECKS = `
  SELECT conrelid::regclass::text AS tbl, conname AS name FROM pg_constraint WHERE contype = 'c'
    AND connamespace = 'public'::regnamespace`;

async function postgresqlCatalog(connection: Database): Promise<Catalog> {
  const read = (query: string) => connection.query(raw(query));
  const cols = await read(POSTGRESQL_COLUMNS);
  const keys = await read(POSTGRESQL_KEYS);
  const refs = await read(POSTGRESQL_REFERENCES);
  const indexes = await read(POSTGRESQL_INDEXES);
  const checks = await read(POSTGRESQL_CHECKS);
  const ofKind = (table: string, kind: string) =>
    grouped(keys, table).filter(([row]) => row!.kind === kind)
      .map((rows) => ({ name: String(rows[0]!.name), columns: columns(rows) }));
  const names = [...new Set(cols.map((row) => String(row.tbl)))];
  return Object.fromEntries(names.map((table) => [table, {
    columns: cols.filter((row) => row.tbl === table).map((row) => ({
      name: String(row.name),
      type: row.length === null ? String(row.type) : `${row.type}(${row.length})`,
      nullable: row.nullable === "YES",
      default: row.dflt as string | null,
      autoincrement: String(row.dflt).startsWith("nextval"),
    })),
    primaryKey: ofKind(table, "PRIMARY KEY")[0] ?? null,
    unique: ofKind(table, "UNIQUE"),
    indexes: indexes.filter((row) => row.tbl === table).map((row) => ({
      name: String(row.name),
      columns: /\(([^)]*)\)/.exec(String(row.def))![1]!.split(", ").map((c) => c.replace(/"/g, "")),
      unique: String(row.def).includes("UNIQUE"),
    })),
    foreignKeys: ofKind(table, "FOREIGN KEY").map((key) => {
      const target = refs.filter((row) => row.tbl === table && row.name === key.name);
      return {
        ...key,
        refTable: target[0]!.ref,
        refColumns: columns(target),
        onDelete: target[0]!.del,
        onUpdate: target[0]!.upd,
      };
    }),
    checks: checks.filter((row) => row.tbl === table),
  }]));
}

const MYSQL_TABLES = `
  SELECT TABLE_NAME AS tbl, ENGINE AS engine, TABLE_COLLATION AS collation
  FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() ORDER BY 1`;

async function mysqlCatalog(connection: Database): Promise<Catalog> {
  const tables = await connection.query(raw(MYSQL_TABLES));
  const result: Record<string, CatalogTable> = {};
  for (const { tbl, engine, collation } of tables) {
    const cols = await connection.query(raw(`SHOW FULL COLUMNS FROM \`${tbl}\``));
    const keys = await connection.query(raw(`SHOW INDEX FROM \`${tbl}\``));
    const [created] = await connection.query(raw(`SHOW CREATE TABLE \`${tbl}\``));
    const named = [...Map.groupBy(keys, (row) => String(row.Key_name))].map(([name, rows]) => ({
      name,
      columns: columns(rows, "Column_name"),
      unique: Number(rows[0]!.Non_unique) === 0,
    }));
    const secondary = named.filter(({ name }) => name !== "PRIMARY").toSorted(byName);
    const primary = named.find(({ name }) => name === "PRIMARY");
    const foreign = [
      ...String(created!["Create Table"]).matchAll(
        /CONSTRAINT `(\w+)` FOREIGN KEY \(([^)]*)\) REFERENCES `(\w+)` \(([^)]*)\)( ON DELETE (\w+))?/g,
      ),
    ].map(([, name, own, refTable, other, , onDelete]) => ({
      name: name!,
      columns: own!.replaceAll("`", "").split(", "),
      refTable,
      refColumns: other!.replaceAll("`", "").split(", "),
      onDelete: onDelete ?? "RESTRICT",
      onUpdate: "RESTRICT",
    })).toSorted(byName);
    result[String(tbl)] = {
      columns: cols.map((row) => ({
        name: String(row.Field),
        type: String(row.Type),
        nullable: row.Null === "YES",
        default: row.Default as string | null,
        autoincrement: row.Extra === "auto_increment",
      })),
      primaryKey: primary ? { name: "PRIMARY", columns: primary.columns } : null,
      unique: secondary.filter(({ unique }) => unique)
        .map(({ name, columns }) => ({ name, columns })),
      indexes: secondary,
      foreignKeys: foreign,
      checks: [],
      engine: String(engine),
      charset: String(collation).split("_")[0]!,
      collation: String(collation),
    };
  }
  return result;
}

/** The catalog of the connection's database, on PostgreSQL or MySQL. */
export function readCatalog(connection: Database): Promise<Catalog> {
  return connection.server.rules.dialect === "postgresql"
    ? postgresqlCatalog(connection)
    : mysqlCatalog(connection);
}
