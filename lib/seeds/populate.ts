/**
 * Registering definitions in a database.
 *
 * @module
 */
import type { DefinitionKind } from "../definitions/definition.ts";
import type { Database } from "../servers/database.ts";
import { untilNotHeldUp } from "../engine/disturbance/blocked.ts";
import { underLock } from "../engine/disturbance/lock.ts";
import { refuseTables } from "../engine/disturbance/ready.ts";
import type { EngineOptions } from "../engine/options.ts";
import { inTransaction } from "../engine/transaction.ts";
import { DatabaseError, OperatorError } from "../errors.ts";
import type { RevisionGraph } from "../revisions/graph/graph.ts";
import type { Revision } from "../revisions/graph/migration.ts";
import type { Table } from "../schema/schema.ts";
import { embeddedSeeds, hasActionProviders } from "./embedded.ts";
import { assertFits } from "./limits.ts";
import { type MigratedDatabase, migratedDatabase } from "./migrated_database.ts";
import { reconcile, type Reconciliation, type TableContents } from "./reconcile.ts";
import { actionsWithoutSpec, makeChange, rowsNamed } from "./rows.ts";
import { KINDS, type Seed, TABLES } from "./seed.ts";

/** Options of populate. */
export interface PopulateOptions extends EngineOptions {
  /** Actions, workflows, or (the default) both. */
  readonly kinds?: readonly DefinitionKind[];
  /** A site's own definitions, in place of the embedded ones. */
  readonly seeds?: readonly Seed[];
  /** Determines what would change, without the lock and without writing anything. */
  readonly dryRun?: boolean;
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

async function makeChanges(
  { database }: MigratedDatabase,
  { changes }: Reconciliation,
  signal: AbortSignal | undefined,
): Promise<void> {
  const time = now();
  for (const change of changes) {
    signal?.throwIfAborted();
    await makeChange(database, change, time);
  }
}

/** The message of a refusal; the transaction has been rolled back. */
function refused(error: unknown): unknown {
  if (!(error instanceof DatabaseError)) return error;
  return new OperatorError({
    failed: "Cannot populate",
    because: `${error.message}; nothing was changed`,
    remedy: "remove the cause and run the same command again",
    cause: error,
  });
}

/**
 * Registers definitions: the embedded ones, as the release registers them that
 * works with the database's revision, or a site's own. Rows that are right are not written to; rows
 * that differ are changed in place and keep their ids, so that triggers still refer to them;
 * rows of other projects are left alone. All of it is one transaction. Another run on the same
 * database is waited for.
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
  const { dryRun = false, signal, beginChange } = options;
  if (dryRun) {
    const migrated = await migratedDatabase(database, graph);
    return { revisions: migrated.revisions, ...await reconciled(migrated, options) };
  }
  return await underLock(database, graph, options, async () => {
    const migrated = await migratedDatabase(database, graph);
    await refuseTables(database, Object.values(TABLES));
    const write = async () => {
      const made = await reconciled(migrated, options);
      await makeChanges(migrated, made, signal);
      return { revisions: migrated.revisions, ...made };
    };
    const server = database.server;
    try {
      return await untilNotHeldUp(
        server,
        options,
        () => inTransaction(database, server.spelling.transactions.rows, write, beginChange),
      );
    } catch (error) {
      throw refused(error);
    }
  });
}
