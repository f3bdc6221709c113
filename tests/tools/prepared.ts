/**
 * Databases in the state that a conversation begins with, and the state after it.
 *
 * @module
 */
import type { Database } from "../../lib/servers/database.ts";
import { stamp } from "../../lib/engine/mod.ts";
import { populate } from "../../lib/seeds/mod.ts";
import { raw } from "../../lib/sql/statement.ts";
import type { TestDatabase } from "./databases.ts";
import { graph, upgradeTo } from "./migrations.ts";

const VERSION_TABLES = {
  postgresql: "SELECT tablename AS name FROM pg_tables WHERE tablename = 'alembic_version'",
  mysql: "SHOW TABLES LIKE 'alembic_version'",
  sqlite: "SELECT name FROM sqlite_master WHERE name = 'alembic_version'",
} as const;

/** Runs lines of `upgrade REVISION`, `stamp REVISION`, `populate` or SQL on a database. */
export async function prepare(database: TestDatabase, setup: string): Promise<void> {
  if (setup.trim() === "") return;
  await using connection = await database.connect();
  for (const line of setup.trim().split("\n")) {
    const [, command, revision] = /^(upgrade|stamp) (\S+)$/.exec(line) ?? [];
    if (command === "upgrade") await upgradeTo(connection, revision!);
    else if (command === "stamp") await stamp(connection, graph, revision!);
    else if (line === "populate") await populate(connection, graph);
    else await connection.execute(raw(line));
  }
}

/** The rows of the version table, sorted; `-` when there is none. */
export async function versionTable(connection: Database): Promise<readonly string[] | "-"> {
  const tables = await connection.query(raw(VERSION_TABLES[connection.server.rules.dialect]));
  if (tables.length === 0) return "-";
  const rows = await connection.query(raw("SELECT version_num FROM alembic_version"));
  return rows.map((row) => String(row.version_num)).toSorted();
}
