/**
 * The rows of a real cluster at 019.
 *
 * @module
 */
import type { Connection, DialectName } from "../../lib/drivers/mod.ts";
import { raw } from "../../lib/sql/statement.ts";
import { fixture } from "./fixtures.ts";

/** Whose literals a database reads: SQLite those of PostgreSQL. */
export const ROW_SOURCE: Readonly<Record<DialectName, "postgresql" | "mysql">> = {
  postgresql: "postgresql",
  mysql: "mysql",
  sqlite: "postgresql",
};

/** Splits a script into statements, at semicolons outside of quotes. */
function statementsOf(script: string, backslashEscapes: boolean): string[] {
  const quoted = backslashEscapes ? String.raw`'(?:[^'\\]|''|\\[^])*'` : `'(?:[^']|'')*'`;
  const statement = new RegExp(`(?:${quoted}|[^';])+;`, "g");
  return [...script.matchAll(statement)].map(([text]) => text.trim().replace(/;$/, ""));
}

/** Puts the rows into a database that is at 019. */
export async function loadSampleRows(connection: Connection): Promise<void> {
  const source = ROW_SOURCE[connection.dialect];
  const script = (await fixture(`rows/${source}-019.sql`)).replace(/^--.*$/gm, "");
  for (const text of statementsOf(script, source === "mysql")) {
    await connection.execute(raw(text));
  }
}
