/**
 * A database that has Mistral's tables, but no row that tells their revision. Running migrations on
 * it could only fail half-way, so it is refused with a hint at what it looks like.
 *
 * @module
 */
import type { Server } from "../../servers/server.ts";
import { OperatorError } from "../../errors.ts";
import type { Revision } from "../../revisions/graph/migration.ts";
import { canonical } from "../../schema/compare.ts";
import { schemaOf, type SchemaState } from "../../schema/schema.ts";
import { createdTables } from "./created_tables.ts";
import { foldEach } from "../fold.ts";

/** The newest revision whose schema the live one has, other tables aside; null where there is none. */
function looksLike(
  live: SchemaState,
  revisions: readonly Revision[],
  server: Server,
): string | null {
  const same = foldEach(revisions, server.rules).findLast(({ schema }) => {
    const own = [...live.tables.values()].filter(({ name }) => schema.tables.has(name));
    return JSON.stringify(canonical(schemaOf(own))) === JSON.stringify(canonical(schema));
  });
  return same?.revision.id ?? null;
}

const ADOPT = 'run "adopt" to find the closest revision and list the differences; ' +
  "if the tables are not needed, drop them or name another database";

/**
 * Makes sure that migrations that start from nothing find none of the tables that they create.
 *
 * @param revisions All revisions that are about to run, oldest first.
 * @throws {OperatorError} When the database has such tables; names them and the remedies.
 */
export function refuseUnstamped(
  live: SchemaState,
  revisions: readonly Revision[],
  server: Server,
): void {
  const existing = createdTables(revisions).filter((name) => live.tables.has(name));
  if (existing.length === 0) return;
  const revision = looksLike(live, revisions, server);
  throw new OperatorError({
    failed: "Cannot upgrade",
    because: `the database has tables of Mistral (${existing.join(", ")}), but no row in ` +
      "alembic_version that tells their revision" +
      (revision === null ? "" : `; they look like revision ${revision}`),
    remedy: revision === null ? ADOPT : `run "stamp ${revision}" and then this command again`,
  });
}
