/**
 * What SQLite tells of itself and of its tables.
 *
 * @module
 */
import type { Connection } from "../database.ts";
import { raw } from "../../sql/statement.ts";
import type { Facts, Server } from "../effect.ts";
import { quote } from "./spelling.ts";

const VERSION = raw("SELECT sqlite_version() AS version");

/** A URL names one file. */
export const readPlace = (): Promise<string> => Promise.resolve("");

const TABLES = raw(
  "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
);

const SIZES = raw(
  "SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size",
);

/** Which SQLite it is. */
export async function readServer(connection: Connection): Promise<Server> {
  const [row] = await connection.query(VERSION);
  const [major, minor, patch] = String(row!.version).split(".").map(Number);
  return { product: "SQLite", version: [major!, minor!, patch!] };
}

/** Reads them; changes nothing. The bytes are those of the whole file: it has no others. */
export async function readFacts(connection: Connection): Promise<Facts> {
  const [file] = await connection.query(SIZES);
  const tables = new Map();
  for (const { name } of await connection.query(TABLES)) {
    const [count] = await connection.query(
      raw(`SELECT COUNT(*) AS rows FROM ${quote(String(name))}`),
    );
    const rows = Number(count!.rows);
    const bytes = rows === 0 ? 0 : Number(file!.bytes);
    tables.set(String(name), { rows, bytes, characterBytes: 4 });
  }
  return {
    server: await readServer(connection),
    tables,
    cluster: false,
  };
}

/** What is assumed where no file can be asked: what the program brings along. */
export const assumedServer: Server = { product: "SQLite", version: [3, 45, 0] };
