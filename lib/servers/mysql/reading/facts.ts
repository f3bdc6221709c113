/**
 * What the catalog of MySQL and MariaDB tells of the server and of its tables.
 *
 * @module
 */
import type { Database } from "../../database.ts";
import { galeraNode } from "../galera/node.ts";
import { raw, type Value } from "../../../sql/statement.ts";
import type { Facts, ServerVersion } from "../../effect.ts";

const VERSION = raw("SELECT VERSION() AS version");

const PLACE = raw("SELECT CONCAT_WS(' ', @@hostname, @@port, @@datadir) AS place");

/** The nodes of a cluster have the same data; every other server has its own. */
export async function readPlace(database: Database): Promise<string> {
  const node = await galeraNode(database);
  if (node !== null) return node.cluster;
  const [row] = await database.query(PLACE);
  return String(row!.place);
}

/**
 * Rows are an estimate of InnoDB's. A collation begins with the name of its character set, also where
 * MariaDB 10.10 and newer list it without.
 */
const TABLES = raw(`
  SELECT t.table_name AS name, t.table_rows AS table_rows,
    t.data_length + t.index_length AS bytes, s.maxlen AS character_bytes
  FROM information_schema.tables t
  LEFT JOIN information_schema.character_sets s
    ON s.character_set_name = SUBSTRING_INDEX(t.table_collation, '_', 1)
  WHERE t.table_schema = DATABASE() AND t.table_type = 'BASE TABLE'`);

/** Reads a version such as `10.11.6-MariaDB-1`; MariaDB before 11 may begin with `5.5.5-`. */
export function serverOf(version: string): ServerVersion {
  const numbers = /(\d+)\.(\d+)\.(\d+)/.exec(version.replace(/^5\.5\.5-/, ""))!;
  const [, major, minor, patch] = numbers.map(Number);
  const product = version.includes("MariaDB") ? "MariaDB" : "MySQL";
  return { product, version: [major!, minor!, patch!] };
}

const number = (value: Value | undefined): number | null => value == null ? null : Number(value);

/** Which server it is. */
export async function readVersion(database: Database): Promise<ServerVersion> {
  const [row] = await database.query(VERSION);
  return serverOf(String(row!.version));
}

/** Reads them; changes nothing. */
export async function readFacts(database: Database): Promise<Facts> {
  const rows = await database.query(TABLES);
  const tables = new Map(rows.map((row) => [String(row.name), {
    rows: number(row.table_rows),
    bytes: number(row.bytes),
    characterBytes: number(row.character_bytes) ?? 4,
  }]));
  return {
    version: await readVersion(database),
    tables,
    cluster: await galeraNode(database) !== null,
  };
}

/** Assumed if there is no server to query: the version in this program's distributions. */
export const assumedVersion: ServerVersion = { product: "MariaDB", version: [10, 11, 0] };
