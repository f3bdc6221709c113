/**
 * What the checks of `doctor` know of the database that they examine.
 *
 * @module
 */
import type { Check as ServerCheck, Health, Isolation, Subject } from "../servers/health.ts";
import type { Server } from "../servers/server.ts";
import type { Obstacle } from "../servers/session_rules.ts";
import type { Explanation } from "../engine/explanation/explain.ts";
import type { OperatorError } from "../errors.ts";
import type { Plan, PlannedMigration } from "../plan/plan.ts";
import type { RevisionGraph } from "../revisions/graph/graph.ts";
import type { Revision } from "../revisions/graph/migration.ts";
import type { SchemaState } from "../schema/schema.ts";

/** When executions are removed: `[execution_expiration_policy]` of Mistral's own configuration. */
export interface ExpirationPolicy {
  /** Whether any executions are removed by themselves. */
  readonly isOn: boolean;
}

/** How an upgrade to head is planned: the plan, or why it is refused. */
export type Forecast =
  | { readonly plan: Plan; readonly explanation: Explanation }
  | { readonly refusal: OperatorError };

/** All that the checks know without asking themselves. */
export interface CheckContext extends Subject {
  readonly server: Server;
  readonly health: Health;
  readonly graph: RevisionGraph<Revision>;
  /** Why nothing can be changed through this session; null where it can. */
  readonly obstacle: Obstacle | null;
  /** The isolation with which its sessions begin; null where there is nothing to set. */
  readonly isolation: Isolation | null;
  /** Names of tables and columns that a site has added, see `withoutIgnored`. */
  readonly ignore: readonly string[];
  readonly expiration: ExpirationPolicy;
  /** The rows of the version table; null where there is no such table. */
  readonly versions: readonly string[] | null;
  /** The revisions that were applied; null where the version table has one that is unknown. */
  readonly applied: ReadonlySet<string> | null;
  readonly forecast: Forecast;
  /** The migration that an earlier run has begun and not ended. */
  readonly unfinished: PlannedMigration | undefined;
}

/** A check of `doctor`. */
export type Check = ServerCheck<CheckContext>;

/** Whether the schema has a table with these columns. */
export function hasColumns(
  { tables }: SchemaState,
  name: string,
  columns: readonly string[],
): boolean {
  const table = tables.get(name);
  if (!table) return false;
  const there = new Set(table.columns.map((column) => column.name));
  return columns.every((column) => there.has(column));
}
