/**
 * What PostgreSQL's catalog tells of the server and of its tables.
 *
 * @module
 */
import type { Database } from "../../database.ts";
import { ofCatalog, raw } from "../../../sql/statement.ts";
import type { Facts, ServerVersion } from "../../effect.ts";
import { FIRST_SCHEMA } from "./tables.ts";

const VERSION = ofCatalog(
  raw("SELECT current_setting('server_version_num')::int AS version"),
);

const PLACE = ofCatalog(raw(
  `SELECT concat_ws(' ', system_identifier, inet_server_addr(), inet_server_port()) AS place
FROM pg_control_system()`,
));

/** A copy of a server, such as a standby, has the same number, but another address. */
export async function readPlace(database: Database): Promise<string> {
  const [row] = await database.query(PLACE);
  return String(row!.place);
}

/**
 * A table that was never analyzed has -1 rows, and 0 before version 14; one without a page has none.
 */
const TABLES = ofCatalog(raw(`
  SELECT relname AS name, pg_total_relation_size(oid)::float8 AS bytes,
    CASE WHEN pg_relation_size(oid) = 0 THEN 0
      WHEN reltuples > 0 OR relpages > 0 THEN NULLIF(reltuples, -1)::float8 END AS rows
  FROM pg_class
  WHERE relkind IN ('r', 'p') AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ${FIRST_SCHEMA})`));

/** Which server it is. */
export async function readVersion(database: Database): Promise<ServerVersion> {
  const [row] = await database.query(VERSION);
  const version = Number(row!.version);
  return { product: "PostgreSQL", version: [Math.floor(version / 10_000), version % 10_000, 0] };
}

/** Reads them; changes nothing. */
export async function readFacts(database: Database): Promise<Facts> {
  const tables = await database.query(TABLES);
  return {
    version: await readVersion(database),
    tables: new Map(tables.map(({ name, rows, bytes }) => [String(name), {
      rows: rows === null ? null : Number(rows),
      bytes: Number(bytes),
      characterBytes: 4,
    }])),
    cluster: false,
  };
}

/** Assumed if there is no server to query. */
export const assumedVersion: ServerVersion = { product: "PostgreSQL", version: [15, 0, 0] };
