/**
 * The statements that stop a script where it must not run. SQLite has no conditions outside of
 * triggers, but constraints: a row that cannot be stored is stored where the script must stop.
 *
 * @module
 */
import { literals } from "../../sql/literals.ts";
import type { Statement } from "../../sql/statement.ts";
import { type ScriptStart, statements } from "../server.ts";
import { quote } from "./spelling.ts";

const literal = literals.sqlite;

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
export function guard({ versions, absentTables }: ScriptStart): readonly Statement[] {
  return statements(...(versions.length === 0 ? forEmpty(absentTables) : forVersions(versions)));
}
