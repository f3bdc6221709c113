/**
 * Registering definitions in a database.
 *
 * @module
 */
import type { DefinitionKind } from "../definitions/definition.ts";
import { type Verb, work, type WorkOptions } from "../engine/work.ts";
import { DatabaseError, OperatorError } from "../errors.ts";
import type { RevisionGraph } from "../revisions/graph/graph.ts";
import type { Revision } from "../revisions/graph/migration.ts";
import type { Table } from "../schema/schema.ts";
import type { Database } from "../servers/database.ts";
import { embeddedSeeds, hasActionProviders } from "./embedded.ts";
import { assertFits } from "./limits.ts";
import { type MigratedDatabase, migratedDatabase } from "./migrated_database.ts";
import { planPopulate } from "./plan.ts";
import { reconcile, type Reconciliation, type TableContents } from "./reconcile.ts";
import { actionsWithoutSpec, rowsNamed } from "./rows.ts";
import { KINDS, type Seed, TABLES } from "./seed.ts";

/** Options of populate. */
export interface PopulateOptions extends WorkOptions {
  /** Actions, workflows, or (the default) both. */
  readonly kinds?: readonly DefinitionKind[];
  /** A site's own definitions, in place of the embedded ones. */
  readonly seeds?: readonly Seed[];
}

/** What populate did, or would do. */
export interface PopulateResult extends Reconciliation {
  /** The revisions that the database is at. */
  readonly revisions: readonly string[];
}

const columnsOf = (table: Table): readonly string[] => table.columns.map(({ name }) => name);

async function contentsOf(
  { database, schema }: MigratedDatabase,
  kind: DefinitionKind,
  seeds: readonly Seed[],
): Promise<TableContents> {
  const columns = columnsOf(schema.tables.get(TABLES[kind])!);
  const own = seeds.filter((seed) => seed.kind === kind);
  return {
    columns: new Set(columns),
    rows: await rowsNamed(database, kind, own, columns),
    sameName: database.server.catalog.sameText,
  };
}

/** Reads the existing rows, and determines what to change. */
async function reconciled(
  migrated: MigratedDatabase,
  { kinds = KINDS, seeds }: PopulateOptions,
): Promise<Reconciliation> {
  const { database, applied, schema } = migrated;
  const wanted = (seeds ?? embeddedSeeds(applied)).filter(({ kind }) => kinds.includes(kind));
  for (const seed of wanted) {
    assertFits(seed, schema.tables.get(TABLES[seed.kind])!, database.server);
  }
  const stale = !seeds && kinds.includes("action") && hasActionProviders(applied)
    ? await actionsWithoutSpec(database)
    : [];
  const action = await contentsOf(migrated, "action", wanted);
  const workflow = await contentsOf(migrated, "workflow", wanted);
  return reconcile(wanted, { action, workflow }, stale);
}

/** The current time, in UTC and whole seconds, as the engine writes times. */
const now = (): string => new Date().toISOString().slice(0, 19).replace("T", " ");

/** A database that is migrated, and what to change of its rows. */
interface Found {
  readonly migrated: MigratedDatabase;
  readonly reconciliation: Reconciliation;
}

/** The error where the rows cannot be read. */
function unreadable(error: unknown): unknown {
  if (!(error instanceof DatabaseError)) return error;
  return new OperatorError({
    failed: "Cannot populate the database",
    because: error.message,
    remedy: "remove the cause and run the same command again",
    cause: error,
  });
}

/** The registration of definitions. */
export const registration = (
  graph: RevisionGraph<Revision>,
  wanted: Pick<PopulateOptions, "kinds" | "seeds">,
): Verb<Found> => ({
  graph,
  needs: () => "versions",
  async ask(database, { versions }) {
    const migrated = await migratedDatabase(database, graph, versions);
    const reconciliation = await reconciled(migrated, wanted).catch((error) => {
      throw unreadable(error);
    });
    return { migrated, reconciliation };
  },
  plan({ answers: { migrated: { revisions, schema }, reconciliation } }, server, options) {
    return planPopulate(
      revisions,
      reconciliation.changes,
      { schema, time: now() },
      server,
      options,
    );
  },
});

/**
 * Registers definitions: the embedded ones, as the release registers them that
 * works with the database's revision, or a site's own. Rows that are right are not written to; rows
 * that differ are changed in place and keep their ids, so that triggers still refer to them;
 * rows of other projects are left alone. All of it is one transaction. Another run on the same
 * database is waited for, where there is anything to change.
 *
 * @throws {OperatorError} When the database is not migrated, another run does not end in time, a
 * definition does not fit, or the server refuses a statement.
 * @throws {RefusedError} When the database is at a revision that is not known.
 */
export async function populate(
  database: Database,
  graph: RevisionGraph<Revision>,
  options: PopulateOptions = {},
): Promise<PopulateResult> {
  const { answers } = await work(database, registration(graph, options), options);
  return { revisions: answers.migrated.revisions, ...answers.reconciliation };
}
