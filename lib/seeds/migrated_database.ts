/**
 * The state of a database that is to be populated.
 *
 * @module
 */
import { tableNames } from "../servers/reading/table_names.ts";
import type { Database } from "../servers/database.ts";
import { fold, historyOf } from "../plan/fold.ts";
import { OperatorError } from "../errors.ts";
import type { RevisionGraph } from "../revisions/graph/graph.ts";
import type { Revision } from "../revisions/graph/migration.ts";
import { refuseUnknownRows } from "../revisions/rows/version_rows.ts";
import type { SchemaState } from "../schema/schema.ts";
import { KINDS, TABLES } from "./seed.ts";

/** What populate needs to know before it reads rows. */
export interface MigratedDatabase {
  readonly database: Database;
  /** The rows of the version table. */
  readonly revisions: readonly string[];
  /** All revisions that have been applied. */
  readonly applied: ReadonlySet<string>;
  /** Its schema at these revisions. */
  readonly schema: SchemaState;
}

/** Refuses a database without tables to populate. */
export function notMigrated(): OperatorError {
  return new OperatorError({
    failed: "Cannot populate",
    because: "the database is at no revision yet",
    remedy: 'run "upgrade head" first',
  });
}

/**
 * Determines the state of a database.
 *
 * @param versions The rows of its version table; null where there is no such table.
 * @throws {OperatorError} When it has no revision, or lacks the tables of its revision.
 * @throws {RefusedError} When it is at a revision that is not known.
 */
export async function migratedDatabase(
  database: Database,
  graph: RevisionGraph<Revision>,
  versions: readonly string[] | null,
): Promise<MigratedDatabase> {
  const server = database.server;
  const revisions = versions ?? [];
  if (revisions.length === 0) throw notMigrated();
  refuseUnknownRows(graph, revisions);
  const history = historyOf(graph, revisions);
  const applied = new Set(history.map(({ id }) => id));
  const schema = fold(history, server.rules);
  await assertTables({ database, revisions, applied, schema });
  return { database, revisions, applied, schema };
}

/** A stamped database may lack the tables of its revision. */
async function assertTables({ database, revisions, schema }: MigratedDatabase): Promise<void> {
  const there = await tableNames(database);
  for (const kind of KINDS) {
    const name = TABLES[kind];
    if (!schema.tables.has(name)) {
      throw new OperatorError({
        failed: "Cannot populate",
        because: `revision ${revisions.join(", ")} has no table "${name}" yet`,
        remedy: 'run "upgrade head" first',
      });
    }
    if (there.includes(name)) continue;
    throw new OperatorError({
      failed: "Cannot populate",
      because: `the database says that it is at ${
        revisions.join(", ")
      }, but has no table "${name}"`,
      remedy: 'if it was stamped by mistake, run "stamp base" and "upgrade head"',
    });
  }
}
