/**
 * A plan: everything that a run will do, known before it does anything.
 *
 * @module
 */
import type { Step } from "../servers/step.ts";
import { isAtomic, type Transaction } from "../servers/sql/transactions.ts";
import type { Revision } from "../revisions/graph/migration.ts";
import { tableOfChange } from "../schema/change.ts";
import type { RowChange } from "../revisions/rows/version_rows.ts";
import type { SchemaState } from "../schema/schema.ts";
import type { Statement } from "../sql/statement.ts";

/**
 * Where a database stands: read from a live one, or folded from the history where there is none.
 * Whoever plans cannot tell the two apart.
 */
export interface Situation {
  /** The rows of the version table, sorted; null where there is no such table. */
  readonly versions: readonly string[] | null;
  /** All tables but those of the program itself. */
  readonly schema: SchemaState;
  /** The checksums of a site's own migrations as the database ran them, by revision. */
  readonly checksums: ReadonlyMap<string, string>;
}

/** What can be done to a database. */
export type PlanKind = "upgrade" | "downgrade" | "stamp" | "adopt" | "populate";

/** Who does a run, and with what. */
export interface Author {
  /** Tells runs apart. */
  readonly runId: string;
  /** Such as `root@controller-1`. */
  readonly user: string;
  /** Such as `mistral-db-manage 1.0.0`. */
  readonly program: string;
}

/** How a run is planned. */
export interface PlanOptions {
  /** One transaction for the whole run instead of one a migration, where the server can. */
  readonly singleTransaction?: boolean;
  /** Whether the schema of an empty database is created directly instead of revision by revision. */
  readonly direct?: boolean;
  /** Who does it: given where the database keeps an account of runs. */
  readonly author?: Author | undefined;
}

/** How far an earlier run, or another program, has come with a migration. */
export interface Resumed {
  /** How many of its steps are made; null where another program has made it in steps of its own. */
  readonly made: number | null;
}

/** A unit of work: usually a migration, or its reversal. */
export interface PlannedMigration {
  /**
   * The revision that is applied or reverted; all those whose schema is created directly; none where
   * no migration is made.
   */
  readonly revisions: readonly Revision[];
  /** The revisions that it goes from, without dependencies. */
  readonly from: readonly string[];
  /** The revisions that it goes to, without dependencies. */
  readonly to: readonly string[];
  /** The progress of an earlier run; null if none has begun it. */
  readonly resumed: Resumed | null;
  /** The steps that are left to make. */
  readonly steps: readonly Step[];
  /** Statements that record its beginning. */
  readonly openings: readonly Statement[];
  /** Statements that record its end besides the version table; they may run twice. */
  readonly records: readonly Statement[];
  /** The changes of the version table. */
  readonly rowChanges: readonly RowChange[];
  /** What stands around it where the plan has no transaction for the whole run. */
  readonly transaction: Transaction;
}

/** Everything that a run will do. Two plans of the same situation are equal. */
export interface Plan {
  /** What it does. */
  readonly kind: PlanKind;
  /** The rows of the version table before. */
  readonly from: readonly string[];
  /** The rows of the version table after. */
  readonly to: readonly string[];
  /** Tables that the plan creates and that therefore must not exist. */
  readonly absentTables: readonly string[];
  /** What makes the tables in which revisions are recorded, where they may be missing. */
  readonly preparation: readonly Statement[];
  /** In the order in which they are made. */
  readonly migrations: readonly PlannedMigration[];
  /** What stands around the whole run; null where each migration has a transaction of its own. */
  readonly transaction: Transaction | null;
  /** What the operator should know before it is done. */
  readonly warnings: readonly string[];
}

/** The revisions of a plan, in order; none where no migration is made. */
export function revisionsOf({ migrations }: Plan): readonly string[] {
  return migrations.flatMap(({ revisions }) => revisions.map(({ id }) => id));
}

/** The tables that a plan changes, creates or refers to, sorted. */
export function touchedTables({ migrations }: Plan): readonly string[] {
  const changes = migrations.flatMap(({ steps }) => steps.flatMap((step) => step.changes));
  const names = changes.flatMap(({ change }) => [
    ...(change.kind === "createTable" ? change.table.foreignKeys.map((key) => key.refTable) : []),
    ...(change.kind === "add" && change.part === "foreignKeys" ? [change.item.refTable] : []),
    tableOfChange(change) ?? [],
  ]).flat();
  return [...new Set(names)].toSorted();
}

/** Whether one transaction holds the whole run, so that all of it takes effect, or nothing. */
export const isOneTransaction = ({ transaction }: Plan): boolean =>
  transaction !== null && isAtomic(transaction);

/** The name of a migration in events and messages. */
export function nameOf({ revisions, to }: PlannedMigration): string {
  return revisions.length === 1 ? revisions[0]!.id : to.join(", ");
}

/** The purpose of a migration; null if none is run. */
export function purposeOf({ revisions, to }: PlannedMigration): string | null {
  if (revisions.length < 2) return revisions[0]?.message ?? null;
  return `the schema of ${to.join(", ")}, created directly (${revisions.length} revisions)`;
}
