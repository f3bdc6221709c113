/**
 * Where PostgreSQL looks names up. Whoever may create something in a schema of the search path can
 * give it an operator or a function that fits better than the server's own, and that would run with
 * our rights (CVE-2018-1058). So questions to the catalog find the catalog alone, and so do
 * statements on one table, which is named with its schema.
 *
 * Other statements, such as a CREATE TABLE, find the schemas of the session, and they spell no
 * operator or function for which somebody else could have a better one.
 *
 * @module
 */
import type { Scope, Statement } from "../../../sql/statement.ts";

/** The setting of a session in which questions to the catalog find the names of its schemas. */
export const SCHEMAS_SETTING = "mistral_db_manage.schemas";

/** Temporary tables come last, or they would hide others. */
const CATALOG_PATH = "pg_catalog, pg_temp";

/** Asks for the schemas of a session, before anything else may be looked up in them. */
export const SCHEMAS = "pg_catalog.array_to_json(pg_catalog.current_schemas(false))";

/** Schemas that belong to the server. */
const SERVERS_OWN = /^(pg_|information_schema$)/;

/** The names in the answer, without the server's own schemas, which are found anyway. */
export function schemasIn(answer: unknown): readonly string[] {
  const names: unknown = JSON.parse(String(answer));
  if (!Array.isArray(names)) throw new TypeError("the names of schemas are no list");
  return names.map(String).filter((name) => !SERVERS_OWN.test(name));
}

/** Quotes an identifier. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A text as a literal that means the same with standard_conforming_strings on and off. */
const literal = (text: string): string =>
  `E'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;

/** Where the names of a statement are looked up. */
export type Path = "catalog" | "schemas";

/** The path for a statement. */
export const pathFor = (scope: Scope | undefined): Path =>
  scope === undefined ? "schemas" : "catalog";

/** The statement that chooses a path: for the session, or until the transaction ends. */
export function choose(path: Path, schemas: readonly string[], local = ""): string {
  const own = schemas.length === 0 ? "''" : [...schemas.map(quoted), "pg_temp"].join(", ");
  return `SET ${local} search_path = ${path === "catalog" ? CATALOG_PATH : own}`;
}

/**
 * The statements that a session, or a transaction, begins with. Policies would hide rows, or run
 * functions of whoever owns the table: a statement that they concern is refused.
 */
export function prepare(schemas: readonly string[], local = ""): readonly string[] {
  const names = schemas.map((name) => `"${name.replaceAll(/["\\]/g, "\\$&")}"`).join(",");
  return [
    `SET ${local} ${SCHEMAS_SETTING} = ${literal(`{${names}}`)}`,
    `SET ${local} row_security = off`,
  ];
}

/** Statements about a transaction or a setting, which look nothing up. */
const LOOKS_NOTHING_UP = /^\s*(BEGIN|START|COMMIT|ROLLBACK|END|SET|RESET|SHOW)\b/i;

/** Whether a statement looks up any names. */
export const looksUp = (text: string): boolean => !LOOKS_NOTHING_UP.test(text);

/** Whether a transaction is open after a statement about one; null if it is about something else. */
export function isInTransactionAfter(text: string): boolean | null {
  if (/^\s*(BEGIN|START)\b/i.test(text)) return true;
  return /^\s*(COMMIT|ROLLBACK|END)\b/i.test(text) ? false : null;
}

/** The name of the table that a statement refers to; null if it is not about one table. */
export function tableOf({ scope }: Statement): string | null {
  if (scope === undefined || scope === "catalog") return null;
  const { table } = scope;
  return table.startsWith('"') ? table.slice(1, -1).replaceAll('""', '"') : table;
}

/** The words that the name of a table follows; elsewhere the same name is that of a column. */
const BEFORE_TABLE = "\\b(?:FROM|INTO|JOIN|ONLY|UPDATE)\\s+";

/** The statement with the schema in front of the name of its table. */
export function qualified(statement: Statement, schema: string): Statement {
  const { scope } = statement;
  if (scope === undefined || scope === "catalog") return statement;
  const name = new RegExp(`(?<=${BEFORE_TABLE})${RegExp.escape(scope.table)}(?![\\w"])`, "g");
  const parts = statement.parts.map((part) =>
    part.replaceAll(name, () => `${quoted(schema)}.${scope.table}`)
  );
  return { ...statement, parts };
}

/** Asks which of the schemas has a table, in their order. */
export const PLACE_OF_TABLE = `SELECT n.nspname AS schema
FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
WHERE t.relname = $1 AND n.nspname = ANY (current_setting('${SCHEMAS_SETTING}')::name[])
ORDER BY array_position(current_setting('${SCHEMAS_SETTING}')::name[], n.nspname)
LIMIT 1`;
