/**
 * The rows of a real cluster at 019.
 *
 * @module
 */
import type { Database, DialectName } from "../../lib/servers/database.ts";
import { raw, sql } from "../../lib/sql/statement.ts";
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
export async function loadSampleRows(connection: Database): Promise<void> {
  const source = ROW_SOURCE[connection.server.rules.dialect];
  const script = (await fixture(`rows/${source}-019.sql`)).replace(/^--.*$/gm, "");
  for (const text of statementsOf(script, source === "mysql")) {
    await connection.execute(raw(text));
  }
}

/** Specs that tell no type: NULL, and what is no JSON object. */
export const ODD_SPECS: readonly (string | null)[] = [
  null,
  "null",
  "42",
  "true",
  "{oops",
  "",
  "[]",
  '"text"',
];

/** Puts tasks with these specs into a database that is at 019; their ids are in the order given. */
export async function insertSpecs(
  connection: Database,
  specs: readonly (string | null)[],
): Promise<void> {
  for (const [index, spec] of specs.entries()) {
    await connection.execute(
      sql`INSERT INTO task_executions_v2 (id, spec) VALUES (${
        String(index).padStart(3, "0")
      }, ${spec})`,
    );
  }
}
