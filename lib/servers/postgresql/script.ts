/**
 * The statements of a script that speak to whoever applies it.
 *
 * @module
 */
import { literal } from "./sql/literals.ts";
import { raw, type Statement } from "../../sql/statement.ts";
import { statements } from "../step.ts";
import type { ScriptRules, ScriptStart } from "../script.ts";

/** RAISE, with the text in `found` behind the message where there is one. */
function stop(message: string, found = false): string {
  return `RAISE EXCEPTION USING MESSAGE = ${literal(`Stop: ${message}`)}${
    found ? " || found" : ""
  };`;
}

const FOUND_VERSIONS =
  "SELECT pg_catalog.string_agg(version_num::text, ', '::text ORDER BY version_num) INTO found FROM alembic_version;";

/** For a database without revisions: no version, and none of the tables that the script makes. */
function forEmpty(tables: readonly string[]): string {
  const made = tables.length === 0 ? "" : `
  SELECT pg_catalog.string_agg(relname::text, ', '::text ORDER BY relname) INTO found
  FROM pg_class
  WHERE pg_table_is_visible(oid) AND relname IN (${tables.map(literal).join(", ")});
  IF found IS NOT NULL THEN
    ${stop("this script is for an empty database, and this one has the tables ", true)}
  END IF;`;
  return `DO $guard$
DECLARE
  found text;
BEGIN
  IF to_regclass('alembic_version') IS NOT NULL THEN
    ${FOUND_VERSIONS}
    IF found IS NOT NULL THEN
      ${stop("this script is for an empty database, and this one is at ", true)}
    END IF;
  END IF;${made}
END
$guard$`;
}

function forVersions(versions: readonly string[]): string {
  const expected = versions.join(", ");
  return `DO $guard$
DECLARE
  found text;
BEGIN
  IF to_regclass('alembic_version') IS NULL THEN
    ${stop(`this script is for a database at ${expected}, and this one has no version`)}
  END IF;
  ${FOUND_VERSIONS}
  found := coalesce(found, 'no revision');
  IF found <> ${literal(expected)} THEN
    ${stop(`this script is for a database at ${expected}, and this one is at `, true)}
  END IF;
END
$guard$`;
}

/** An anonymous block that raises a notice, which psql shows on standard error. */
function announce(text: string): Statement {
  return raw(`DO ${literal(`BEGIN RAISE NOTICE USING MESSAGE = ${literal(text)}; END`)}`);
}

/** One anonymous block that raises an exception. */
function guard({ versions, absentTables }: ScriptStart): readonly Statement[] {
  return statements(versions.length === 0 ? forEmpty(absentTables) : forVersions(versions));
}

/** Scripts for the native client of PostgreSQL. */
export const script: ScriptRules = Object.freeze({
  client: {
    title: "PostgreSQL",
    directives: [],
    readAsUtf8: "SET client_encoding = 'UTF8';",
    usage: "psql -v ON_ERROR_STOP=1 -f FILE DATABASE",
  },
  announce,
  guard,
  guardNeedsVersionTable: false,
});
