/**
 * The statements that stop a script where it must not run. SQLite has no conditions outside of
 * triggers, but constraints: a row that cannot be stored is stored where the script must stop.
 *
 * @module
 */
import { literal } from "./sql/literals.ts";
import type { Statement } from "../../sql/statement.ts";
import { statements } from "../step.ts";
import { quote } from "./sql/compile.ts";
import { sql } from "../../sql/statement.ts";
import type { ScriptRules, ScriptStart } from "../script.ts";

function stopWhere(message: string, condition: string): readonly string[] {
  return [
    `CREATE TEMPORARY TABLE "guard" (\n  "stop" INTEGER,\n  CONSTRAINT ${
      quote(message)
    } CHECK (FALSE)\n)`,
    `INSERT INTO "guard"\nSELECT 1\nWHERE ${condition}`,
    `DROP TABLE "guard"`,
  ];
}

const FOUND_VERSIONS = `(
  SELECT group_concat(version_num)
  FROM (SELECT version_num FROM alembic_version ORDER BY version_num)
)`;

/** For a database without revisions: no version, and none of the tables that the script makes. */
function forEmpty(tables: readonly string[]): readonly string[] {
  const made = tables.length === 0 ? "" : ` OR EXISTS (
  SELECT 1
  FROM sqlite_master
  WHERE type = 'table' AND name IN (${tables.map(literal).join(", ")})
)`;
  return stopWhere(
    "Stop: this script is for an empty database",
    `EXISTS (SELECT 1 FROM alembic_version)${made}`,
  );
}

function forVersions(versions: readonly string[]): readonly string[] {
  return stopWhere(
    `Stop: this script is for a database at ${versions.join(", ")}`,
    `${FOUND_VERSIONS} IS NOT ${literal(versions.join(","))}`,
  );
}

/** A table whose constraint cannot hold, and a row for it where the script must stop. */
function guard({ versions, absentTables }: ScriptStart): readonly Statement[] {
  return statements(...(versions.length === 0 ? forEmpty(absentTables) : forVersions(versions)));
}

/** Scripts for the native client of SQLite. */
export const script: ScriptRules = Object.freeze({
  // Without this directive sqlite3 goes on after an error.
  client: {
    title: "SQLite",
    // A user's .sqliterc may say otherwise of foreign keys.
    directives: [".bail on", "PRAGMA foreign_keys = OFF;"],
    readAsUtf8: null,
    usage: "sqlite3 DATABASE < FILE",
  },
  announce: (text: string) => sql`SELECT ${text} AS progress`,
  guard,
  guardNeedsVersionTable: true,
});
