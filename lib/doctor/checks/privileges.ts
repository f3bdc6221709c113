import { accessSync, constants } from "node:fs";
import { dirname } from "node:path";
import { ofCatalog, raw } from "../../sql/statement.ts";
import { FIRST_SCHEMA } from "../../servers/postgresql/reading/tables.ts";
import { findCreators, findStrangers } from "../../servers/postgresql/reading/strangers.ts";
import { knownTables } from "../../plan/created_tables.ts";
import type { DialectName } from "../../sql/dialect_name.ts";
import {
  type Check,
  failure,
  type Finding,
  listed,
  type Patient,
  success,
  warning,
} from "../check.ts";

const PLACE = ofCatalog(raw(`SELECT current_user AS user, ${FIRST_SCHEMA} AS schema,
  has_schema_privilege(${FIRST_SCHEMA}, 'CREATE') AS can_create`));

/** Only the owner of a table may alter it. */
const FOREIGN_TABLES = ofCatalog(raw(`SELECT relname AS name
FROM pg_class
WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ${FIRST_SCHEMA}) AND relkind IN ('r', 'p')
  AND NOT pg_has_role(relowner, 'USAGE')
ORDER BY relname`));

const quoted = (name: unknown): string => `"${String(name).replaceAll('"', '""')}"`;

/** Others' tables and code in the place of Mistral's, and who else may make some. */
async function strangersOf({ database, graph }: Patient): Promise<Finding | null> {
  const { objects, houseOwner } = await findStrangers(database, knownTables(graph));
  if (objects.length > 0) {
    return failure(
      `The database has the ${
        objects.join("; the ")
      }: whatever they do is done with the rights of ` +
        "whoever runs a migration",
      "Remove them, or make the owner of the database their owner",
    );
  }
  const creators = (await findCreators(database)).filter(({ role }) => role !== houseOwner);
  const [first] = creators;
  if (first === undefined) return null;
  return warning(
    `Other roles may create functions and tables in Mistral's schemas: ${
      listed(creators.map(({ schema, role }) => `${role} in "${schema}"`))
    }`,
    `Run REVOKE CREATE ON SCHEMA ${quoted(first.schema)} FROM ${
      first.role === "everybody" ? "PUBLIC" : quoted(first.role)
    }`,
  );
}

async function onPostgresql(patient: Patient): Promise<Finding> {
  const { database } = patient;
  const strangers = await strangersOf(patient);
  if (strangers?.status === "failure") return strangers;
  const [place] = await database.query(PLACE);
  const { user, schema } = place!;
  if (schema === null) {
    return failure(
      `No schema of the search_path exists for user "${user}"`,
      "Create the schema, or set the user's search_path",
    );
  }
  const foreign = await database.query(FOREIGN_TABLES);
  if (foreign.length > 0) {
    return failure(
      `User "${user}" does not own ${
        listed(foreign.map(({ name }) => String(name)))
      }, and only the owner ` +
        "of a table may change it",
      "Name the owner in [database] connection, or run ALTER TABLE … OWNER TO for these tables",
    );
  }
  if (place!.can_create !== true) {
    return failure(
      `User "${user}" may not create tables in schema "${schema}"`,
      `Run GRANT CREATE ON SCHEMA ${quoted(schema)} TO ${quoted(user)}`,
    );
  }
  return strangers ??
    success(`User "${user}" owns all tables and may create new ones in schema "${schema}"`);
}

/** What migrations and populate need on the database. */
const NEEDED = [
  ...["SELECT", "INSERT", "UPDATE", "DELETE"],
  ...["CREATE", "ALTER", "DROP", "INDEX", "REFERENCES"],
];

/** One line of SHOW GRANTS. */
const GRANT = /^GRANT (.+?) ON (?:TABLE )?(\S+)\.\* TO /;

/** Whether a grant's pattern, such as `mistral\_%`, means this database. */
function means(pattern: string, database: string): boolean {
  const name = pattern.replace(/^`|`$/g, "").replaceAll("``", "`");
  if (name === "*") return true;
  const source = name.replace(
    /\\([_%])|[%_]|[^%_\\]+/g,
    (part, escaped?: string) =>
      escaped ?? (part === "%" ? ".*" : part === "_" ? "." : RegExp.escape(part)),
  );
  return new RegExp(`^${source}$`, "i").test(database);
}

/** A database's name as GRANT wants it, in which "_" and "%" mean others as well. */
const pattern = (name: string): string =>
  `\`${name.replaceAll("`", "``").replaceAll(/[_%\\]/g, "\\$&")}\``;

/** A user as `CURRENT_USER()` gives it, as GRANT wants it; a host has no "@". */
function account(user: string): string {
  const at = user.lastIndexOf("@");
  return [user.slice(0, at), user.slice(at + 1)]
    .map((part) => `'${part.replaceAll("'", "''")}'`).join("@");
}

async function onMysql({ database }: Patient): Promise<Finding> {
  const [place] = await database.query(
    raw("SELECT DATABASE() AS name, CURRENT_USER() AS user"),
  );
  const [name, user] = [String(place!.name), String(place!.user)];
  const grants = (await database.query(raw("SHOW GRANTS")))
    .map((row) => String(Object.values(row)[0]));
  const held = new Set(grants.flatMap((grant) => {
    const [, privileges = "", pattern = ""] = GRANT.exec(grant) ?? [];
    return pattern && means(pattern, name) ? privileges.split(", ") : [];
  }));
  const missing = NEEDED.filter((privilege) =>
    !held.has(privilege) && !held.has("ALL PRIVILEGES") && !held.has("ALL")
  );
  if (missing.length === 0) {
    return success(`User ${user} has all the privileges that migrations need`);
  }
  // What a role may do is not listed with the grants of its members on MySQL.
  const hasRole = grants.some((grant) => !grant.includes(" ON "));
  // All of them: of several grants that mean the database, the server takes one.
  const remedy = `Run GRANT ${NEEDED.join(", ")} ON ${pattern(name)}.* TO ${account(user)}`;
  return hasRole
    ? warning(`User ${user} has roles; without them ${missing.join(", ")} would be missing`, remedy)
    : failure(`User ${user} lacks ${missing.join(", ")} on ${name}`, remedy);
}

function onSqlite({ settings }: Patient): Finding | null {
  if (settings.dialect !== "sqlite" || settings.path === ":memory:") return null;
  // SQLite makes its journal beside the file.
  for (const path of [settings.path, dirname(settings.path)]) {
    try {
      accessSync(path, constants.W_OK);
    } catch {
      return failure(`${path} cannot be written to`, "Run this as the owner of the file");
    }
  }
  return success("The file and its directory can be written to");
}

const BY_DIALECT: Readonly<
  Record<DialectName, (patient: Patient) => Finding | null | Promise<Finding | null>>
> = { postgresql: onPostgresql, mysql: onMysql, sqlite: onSqlite };

/** Whether the user may do what migrations do. */
export const privileges: Check = {
  name: "privileges",
  title: "Privileges",
  reason: "On MySQL, a migration whose third statement is refused leaves the first two in place.",
  examine: (patient) => BY_DIALECT[patient.database.server.rules.dialect](patient),
};
