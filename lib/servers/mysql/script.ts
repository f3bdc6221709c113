/**
 * The statements that stop a script where it must not run. MySQL has no conditions outside of
 * stored programs: what is prepared is either nothing or a SELECT from a table whose name is the
 * message.
 *
 * @module
 */
import { literal } from "./sql/literals.ts";
import type { Statement } from "../../sql/statement.ts";
import { statements } from "../step.ts";
import { FIND_BROKEN_RULE } from "./locking/session_rules.ts";
import { sql } from "../../sql/statement.ts";
import type { ScriptRules, ScriptStart } from "../script.ts";

/** Prepares nothing, or what cannot be prepared; identifiers may have 64 characters. */
function stopUnless(condition: string, message: string): readonly string[] {
  return [
    `SET @guard = IF(${condition}, 'DO 0', CONCAT('SELECT 1 FROM \`', ${message}, '\`'))`,
    "PREPARE guard FROM @guard",
    "DEALLOCATE PREPARE guard",
  ];
}

const FOUND_VERSIONS = `GROUP_CONCAT(version_num ORDER BY version_num SEPARATOR ',')`;

/** For a database without revisions: no version, and none of the tables that the script makes. */
function forEmpty(tables: readonly string[]): readonly string[] {
  const made = tables.length === 0 ? [] : [
    `SET @found = (
  SELECT MIN(table_name)
  FROM information_schema.tables
  WHERE table_schema = DATABASE() AND table_name IN (${tables.map(literal).join(", ")})
)`,
    ...stopUnless("@found IS NULL", "'Stop: not empty, has ', LEFT(@found, 40)"),
  ];
  return [
    `SET @guard = IF(
  (SELECT COUNT(*) FROM information_schema.tables
    WHERE table_schema = DATABASE() AND table_name = 'alembic_version') = 0,
  'SELECT NULL INTO @found',
  'SELECT ${FOUND_VERSIONS.replaceAll("'", "''")} INTO @found FROM alembic_version'
)`,
    "PREPARE guard FROM @guard",
    "EXECUTE guard",
    "DEALLOCATE PREPARE guard",
    ...stopUnless("@found IS NULL", "'Stop: not empty, is at ', LEFT(@found, 40)"),
    ...made,
  ];
}

function forVersions(versions: readonly string[]): readonly string[] {
  const expected = versions.join(",");
  return [
    `SET @found = (SELECT ${FOUND_VERSIONS} FROM alembic_version)`,
    ...stopUnless(
      `@found <=> ${literal(expected)}`,
      `'Stop: is at ', LEFT(COALESCE(@found, 'nothing'), 20), ${
        literal(`, not at ${expected.replaceAll("`", "").slice(0, 20)}`)
      }`,
    ),
  ];
}

/**
 * New tables get the database's collation, and could not refer to tables of another one. What the
 * collation of those will be is not known when a script is written.
 */
function forCollation(tables: readonly string[]): readonly string[] {
  if (tables.length === 0) return [];
  return [
    `SET @found = (
  SELECT MIN(collation_name)
  FROM information_schema.columns
  WHERE table_schema = DATABASE() AND column_key = 'PRI' AND collation_name <> @@collation_database
    AND table_name IN (${tables.map(literal).join(", ")})
)`,
    ...stopUnless(
      "@found IS NULL",
      "'Stop: first run ALTER DATABASE COLLATE ', LEFT(@found, 24)",
    ),
  ];
}

/** Stops on a server on which a statement succeeds and does something else. */
function forSettings(): readonly string[] {
  return [
    ...FIND_BROKEN_RULE,
    ...stopUnless("@found IS NULL", "'Stop: first correct the setting of ', LEFT(@found, 28)"),
  ];
}

/** The server would take foreign keys of tables of another engine, and forget them. */
function forEngines(tables: readonly string[]): readonly string[] {
  if (tables.length === 0) return [];
  return [
    `SET @found = (
  SELECT MIN(table_name)
  FROM information_schema.tables
  WHERE table_schema = DATABASE() AND engine <> 'InnoDB'
    AND table_name IN (${tables.map(literal).join(", ")})
)`,
    ...stopUnless("@found IS NULL", "'Stop: not InnoDB: ', LEFT(@found, 44)"),
  ];
}

/** Statements that read the version and then fail on purpose, or do not. */
function guard(
  { versions, absentTables, referredTables, touchedTables }: ScriptStart,
): readonly Statement[] {
  return statements(
    ...(versions.length === 0 ? forEmpty(absentTables) : forVersions(versions)),
    ...forCollation(referredTables),
    ...forSettings(),
    ...forEngines(touchedTables),
  );
}

/** Scripts for the native client of MySQL and MariaDB. */
export const script: ScriptRules = Object.freeze({
  client: {
    title: "MySQL and MariaDB",
    directives: [],
    readAsUtf8: "SET NAMES utf8mb4;",
    usage: "mariadb DATABASE < FILE",
  },
  announce: (text: string) => sql`SELECT ${text} AS progress`,
  guard,
  guardNeedsVersionTable: false,
});
