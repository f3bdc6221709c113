/**
 * What PostgreSQL's catalog tells of the server and of its tables.
 *
 * @module
 */
import type { Connection } from "../../drivers/connection.ts";
import { raw } from "../../sql/statement.ts";
import type { Facts, Server } from "../effect.ts";

const VERSION = raw("SELECT current_setting('server_version_num')::int AS version");

/** A table that was never analyzed has -1 rows; versions before 14 say 0 for it as well. */
const TABLES = raw(`
  SELECT relname AS name, NULLIF(reltuples, -1)::float8 AS rows,
    reltuples = 0 AND relpages = 0 AS unknown, pg_total_relation_size(oid)::float8 AS bytes
  FROM pg_class
  WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace`);

/** Below this many bytes a table that no statistics were made of has no rows worth a word. */
const EMPTY_BYTES = 64 * 1024;

function rowsOf(rows: number | null, unknown: boolean, bytes: number): number | null {
  if (rows !== null && !unknown) return rows;
  return bytes < EMPTY_BYTES ? 0 : null;
}

/** Reads them; changes nothing. */
export async function readFacts(connection: Connection): Promise<Facts> {
  const [row] = await connection.query(VERSION);
  const version = Number(row!.version);
  const tables = await connection.query(TABLES);
  return {
    server: {
      product: "PostgreSQL",
      version: [Math.floor(version / 10_000), version % 10_000, 0],
    },
    tables: new Map(tables.map(({ name, rows, unknown, bytes }) => [String(name), {
      rows: rowsOf(rows === null ? null : Number(rows), Boolean(unknown), Number(bytes)),
      bytes: Number(bytes),
      characterBytes: 4,
    }])),
    cluster: false,
  };
}

/** What is assumed where no server can be asked. */
export const assumedServer: Server = { product: "PostgreSQL", version: [15, 0, 0] };
