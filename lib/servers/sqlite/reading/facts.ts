/**
 * What SQLite tells of itself and of its tables.
 *
 * @module
 */
import type { Database } from "../../database.ts";
import { raw } from "../../../sql/statement.ts";
import type { Facts, ServerVersion } from "../../effect.ts";
import { quote } from "../sql/compile.ts";

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
export async function readVersion(database: Database): Promise<ServerVersion> {
  const [row] = await database.query(VERSION);
  const [major, minor, patch] = String(row!.version).split(".").map(Number);
  return { product: "SQLite", version: [major!, minor!, patch!] };
}

/** Reads them; changes nothing. The bytes are those of the whole file: it has no others. */
export async function readFacts(database: Database): Promise<Facts> {
  const [file] = await database.query(SIZES);
  const tables = new Map();
  for (const { name } of await database.query(TABLES)) {
    const [count] = await database.query(
      raw(`SELECT COUNT(*) AS rows FROM ${quote(String(name))}`),
    );
    const rows = Number(count!.rows);
    const bytes = rows === 0 ? 0 : Number(file!.bytes);
    tables.set(String(name), { rows, bytes, characterBytes: 4 });
  }
  return {
    version: await readVersion(database),
    tables,
    cluster: false,
  };
}

/** Assumed if there is no file to query: the version in this program. */
export const assumedVersion: ServerVersion = { product: "SQLite", version: [3, 45, 0] };
