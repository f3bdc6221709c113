/**
 * A whole database as its server describes it: every detail of the schema, and the rows.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { Database } from "../../lib/servers/database.ts";
import { raw } from "../../lib/sql/statement.ts";
import type { TestDatabase } from "./databases.ts";
import { programs } from "./servers/packages.ts";

/** The times at which rows were written, and a token that newer versions of pg_dump make up. */
const CHANCE = /\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+Z?)?|^\\(un)?restrict .*$/gm;

async function dumpPostgresql(url: string): Promise<string> {
  const { pg_dump } = await programs(["pg_dump"], ["postgresql-client"]);
  const options = ["--no-owner", "--column-inserts"];
  const dump = await new Deno.Command(pg_dump, { args: [...options, url] }).output();
  assert.ok(dump.success, new TextDecoder().decode(dump.stderr));
  return new TextDecoder().decode(dump.stdout);
}

async function describe(
  connection: Database,
  tables: string,
  schemaOf: (table: string) => Promise<unknown>,
): Promise<string> {
  const parts: unknown[] = [];
  for (const { name } of await connection.query(raw(tables))) {
    const rows = await connection.query(raw(`SELECT * FROM ${name}`));
    parts.push(name, await schemaOf(String(name)), ...rows.map((row) => JSON.stringify(row)));
  }
  return parts.join("\n");
}

const dumpMysql = (connection: Database) =>
  describe(
    connection,
    "SELECT TABLE_NAME AS name FROM information_schema.TABLES " +
      "WHERE TABLE_SCHEMA = DATABASE() ORDER BY 1",
    async (table) => {
      const [row] = await connection.query(raw(`SHOW CREATE TABLE ${table}`));
      return row!["Create Table"];
    },
  );

/** SQLite keeps the text of CREATE TABLE as it was typed, and as ADD COLUMN has mended it. */
const dumpSqlite = (connection: Database) =>
  describe(
    connection,
    "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1",
    async (table) => {
      const made = await connection.query(
        raw(`SELECT sql FROM sqlite_schema WHERE tbl_name = '${table}' ORDER BY type, name`),
      );
      return made.map(({ sql }) => String(sql).replaceAll(/\s+/g, " ")).join("\n");
    },
  );

/** Describes the database; two descriptions are the same text where nothing but times differ. */
export async function dump(database: TestDatabase): Promise<string> {
  if (database.dialect === "postgresql") {
    return (await dumpPostgresql(database.url)).replaceAll(CHANCE, "");
  }
  await using connection = await database.connect();
  const text = await (database.dialect === "mysql" ? dumpMysql : dumpSqlite)(connection);
  return text.replaceAll(CHANCE, "");
}
