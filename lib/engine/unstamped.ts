/**
 * A database that has Mistral's tables, but no row that tells their revision. Running migrations on
 * it could only fail half-way, so it is refused, and what it looks like is said.
 *
 * @module
 */
import type { Dialect } from "../dialects/dialect.ts";
import { OperatorError } from "../errors.ts";
import type { Revision } from "../revisions/migration.ts";
import { resolveAll } from "../operations/resolve.ts";
import { applyAll } from "../schema/apply.ts";
import { canonical } from "../schema/compare.ts";
import { madeTables } from "./made_tables.ts";
import { emptySchema, schemaOf, type SchemaState } from "../schema/schema.ts";

/** The newest revision whose schema the live one has, other tables aside; null where there is none. */
function looksLike(
  live: SchemaState,
  revisions: readonly Revision[],
  dialect: Dialect,
): string | null {
  let state = emptySchema;
  let found: string | null = null;
  for (const { id, upgrade } of revisions) {
    state = applyAll(state, resolveAll(upgrade, state, dialect));
    const own = [...live.tables.values()].filter(({ name }) => state.tables.has(name));
    const same = JSON.stringify(canonical(schemaOf(own))) === JSON.stringify(canonical(state));
    if (same) found = id;
  }
  return found;
}

function remedy(revision: string | null): string {
  return revision === null
    ? 'if you know their revision, run "stamp REVISION" and then this command again; if the ' +
      "tables are not needed, drop them or name another database"
    : `they are as revision ${revision} makes them, so that "stamp ${revision}" and then this ` +
      "command again should do";
}

/**
 * Makes sure that migrations from the very first one on meet no table of theirs.
 *
 * @param revisions All revisions that are about to run, oldest first.
 * @throws {OperatorError} When the database has such tables; says which and names the remedies.
 */
export function refuseUnstamped(
  live: SchemaState,
  revisions: readonly Revision[],
  dialect: Dialect,
): void {
  const there = madeTables(revisions).filter((name) => live.tables.has(name));
  if (there.length === 0) return;
  throw new OperatorError(
    `Cannot upgrade: the database has tables of Mistral (${there.join(", ")}), but ` +
      `alembic_version does not tell their revision; ` +
      remedy(looksLike(live, revisions, dialect)),
  );
}
