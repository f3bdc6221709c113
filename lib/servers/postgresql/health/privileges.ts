/**
 * What the user may do on PostgreSQL.
 *
 * @module
 */
import { ofCatalog, raw } from "../../../sql/statement.ts";
import { listed } from "../../../text/listed.ts";
import { failure, type Finding, success, warning } from "../../finding.ts";
import type { Subject } from "../../health.ts";
import { findCreators, findStrangers } from "../reading/strangers.ts";
import { FIRST_SCHEMA } from "../reading/tables.ts";
import { quote } from "../sql/compile.ts";

const PLACE = ofCatalog(raw(`SELECT current_user AS user, ${FIRST_SCHEMA} AS schema,
  has_schema_privilege(${FIRST_SCHEMA}, 'CREATE') AS can_create`));

/** Only the owner of a table may alter it. */
const FOREIGN_TABLES = ofCatalog(raw(`SELECT relname AS name
FROM pg_class
WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ${FIRST_SCHEMA}) AND relkind IN ('r', 'p')
  AND NOT pg_has_role(relowner, 'USAGE')
ORDER BY relname`));

/** Others' tables and code in the place of Mistral's, and who else may make some. */
async function strangersOf({ database, known }: Subject): Promise<Finding | null> {
  const { objects, houseOwner } = await findStrangers(database, known);
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
    `Run REVOKE CREATE ON SCHEMA ${quote(first.schema)} FROM ${
      first.role === "everybody" ? "PUBLIC" : quote(first.role)
    }`,
  );
}

/** Whether the user may do what migrations do, and nobody else may interfere. */
export async function privileges(subject: Subject): Promise<Finding> {
  const { database } = subject;
  const strangers = await strangersOf(subject);
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
      `Run GRANT CREATE ON SCHEMA ${quote(String(schema))} TO ${quote(String(user))}`,
    );
  }
  return strangers ??
    success(`User "${user}" owns all tables and may create new ones in schema "${schema}"`);
}
