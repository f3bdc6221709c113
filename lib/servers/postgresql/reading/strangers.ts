/**
 * Objects of other roles in the place of Mistral's. A trigger, a default or a view runs with the
 * rights of whoever uses the table, so that its owner would have them too.
 *
 * Trusted are the session's own role, superusers, the database's owner and, unless the session's role
 * is a superuser, the roles that it is a member of. Tables may belong to one more role: the one that
 * has most of Mistral's tables. Code may not, since a superuser would run it.
 *
 * @module
 */
import type { Database } from "../../database.ts";
import { join, ofCatalog, raw, type Row, sql, type Statement } from "../../../sql/statement.ts";
import type { KnownTables } from "../../catalog.ts";
import { FROM_RELATIONS, SCHEMAS } from "./tables.ts";

const TRUSTED = `trusted AS (
  SELECT r.oid FROM pg_roles r
  WHERE r.rolsuper OR r.rolname IN (current_user, session_user, 'pg_database_owner')
    OR r.oid = (SELECT datdba FROM pg_database WHERE datname = current_database())
    OR (pg_has_role(current_user, r.oid, 'MEMBER')
      AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user))
)`;

/** What a table has that may run code, by the catalog that keeps it and the column with its table. */
const PARTS = Object.entries({
  ...{ pg_trigger: "tgrelid", pg_rewrite: "ev_class", pg_policy: "polrelid" },
  ...{ pg_attrdef: "adrelid", pg_constraint: "conrelid" },
}).map(([catalog, column]) =>
  `SELECT '${catalog}'::regclass, o.oid, o.${column} FROM ${catalog} o JOIN mine ON mine.oid = o.${column}`
).join("\n  UNION ALL ");

/** What such a part can use, and whose it is. */
const USED = Object.entries({ pg_proc: "pro", pg_type: "typ", pg_operator: "opr" })
  .map(([catalog, prefix]) =>
    `SELECT part.relid, '${
      { pro: "function", typ: "type", opr: "operator" }[prefix]
    }' AS kind, u.${prefix}name AS name, u.${prefix}owner AS owner
  FROM part JOIN pg_depend d ON d.classid = part.classid AND d.objid = part.objid
  JOIN ${catalog} u ON d.refclassid = '${catalog}'::regclass AND u.oid = d.refobjid`
  ).join("\n  UNION ALL ");

/** Tables of these names, what inherits from them, and code that they use, of roles not trusted. */
const question = (names: readonly string[]): Statement =>
  ofCatalog(sql`WITH RECURSIVE ${raw(TRUSTED)}, mine AS (
  SELECT t.oid FROM ${raw(FROM_RELATIONS)} WHERE t.relname IN (${
    join(names.map((name) => sql`${name}`))
  })
  UNION SELECT i.inhrelid FROM pg_inherits i JOIN mine ON mine.oid = i.inhparent
), part(classid, objid, relid) AS (
  SELECT 'pg_class'::regclass, oid, oid FROM mine
  UNION ALL SELECT 'pg_class'::regclass, x.indexrelid, x.indrelid
  FROM pg_index x JOIN mine ON mine.oid = x.indrelid
  UNION ALL ${raw(PARTS)}
), used AS (
  ${raw(USED)}
), found AS (
  SELECT oid AS relid, relkind::text AS kind, relname AS name, relowner AS owner
  FROM pg_class WHERE oid IN (SELECT oid FROM mine)
  UNION SELECT * FROM used
)
SELECT found.kind AS kind, found.name AS name, t.relname AS "table", r.rolname AS owner
FROM found JOIN pg_class t ON t.oid = found.relid LEFT JOIN pg_roles r ON r.oid = found.owner
WHERE found.owner NOT IN (SELECT oid FROM trusted)
ORDER BY found.name, t.relname`);

const KINDS: Readonly<Record<string, string>> = {
  ...{ r: "table", p: "table", v: "view", m: "materialized view", f: "foreign table" },
  ...{ S: "sequence", i: "index", I: "index", c: "type" },
};

const isTable = ({ kind }: Row): boolean => kind === "r" || kind === "p";

/** The role that has most of the tables with which Mistral begins; null if there is none. */
function houseOwner(rows: readonly Row[], { first }: KnownTables): string | null {
  const tables = rows.filter((row) => isTable(row) && first.includes(String(row.table)));
  const owners = Map.groupBy(tables, ({ owner }) => String(owner));
  for (const [owner, owned] of owners) if (owned.length * 2 > first.length) return owner;
  return null;
}

function inWords({ kind, name, table, owner }: Row): string {
  const where = name === table ? "" : ` of table "${table}"`;
  return `${KINDS[String(kind)] ?? kind} "${name}"${where}, which belongs to role "${owner}"`;
}

/** What somebody else has in the place of Mistral's tables, and the role that owns these. */
export interface Strangers {
  /** In words, each with its owner. */
  readonly objects: readonly string[];
  /** The role that has Mistral's tables, if it is not trusted otherwise. */
  readonly houseOwner: string | null;
}

/** Looks for them. */
export async function findStrangers(
  database: Database,
  known: KnownTables,
): Promise<Strangers> {
  const rows = await database.query(question(known.all));
  const owner = houseOwner(rows, known);
  const others = rows.filter((row) => !(isTable(row) && row.owner === owner));
  return { objects: [...new Set(others.map(inWords))], houseOwner: owner };
}

const CREATORS = ofCatalog(raw(`WITH ${TRUSTED}
SELECT n.nspname AS schema, coalesce(r.rolname, 'everybody') AS role
FROM pg_namespace n
  CROSS JOIN LATERAL aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
  LEFT JOIN pg_roles r ON r.oid = a.grantee
WHERE n.nspname = ANY (${SCHEMAS}) AND a.privilege_type = 'CREATE'
  AND a.grantee NOT IN (SELECT oid FROM trusted)
ORDER BY 1, 2`));

/** Who else may create something in a schema of the search path: schema and role. */
export async function findCreators(
  database: Database,
): Promise<readonly { readonly schema: string; readonly role: string }[]> {
  const rows = await database.query(CREATORS);
  return rows.map(({ schema, role }) => ({ schema: String(schema), role: String(role) }));
}
