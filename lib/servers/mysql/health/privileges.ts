/**
 * What the user may do on MySQL and MariaDB.
 *
 * @module
 */
import { raw } from "../../../sql/statement.ts";
import { failure, type Finding, success, warning } from "../../finding.ts";
import type { Subject } from "../../health.ts";

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

/** Whether the user may do what migrations and populate do. */
export async function privileges({ database }: Subject): Promise<Finding> {
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
