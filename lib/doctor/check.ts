/**
 * What a check is: one question about a database, and the answer to it.
 *
 * @module
 */
import type { Database } from "../servers/database.ts";
import type { ConnectionSettings } from "../servers/connecting/url/settings.ts";
import type { Server } from "../servers/server.ts";
import type { Obstacle } from "../servers/session_rules.ts";
import type { Facts } from "../servers/effect.ts";
import type { Explanation } from "../engine/explanation/explain.ts";
import type { OperatorError } from "../errors.ts";
import type { Plan, PlannedMigration } from "../plan/plan.ts";
import type { RevisionGraph } from "../revisions/graph/graph.ts";
import type { Revision } from "../revisions/graph/migration.ts";
import type { Isolation } from "./checks/isolation.ts";
import type { DialectName } from "../sql/dialect_name.ts";
import type { SchemaState } from "../schema/schema.ts";

/** How bad a finding is: a failure is to be corrected before the upgrade. */
export type Status = "success" | "warning" | "failure";

/** The answer of a check. */
export interface Finding {
  /** How bad it is. */
  readonly status: Status;
  /** What was found, and what that means. */
  readonly details: string;
  /** What to do; null where there is nothing to do. */
  readonly remedy: string | null;
}

/** All is well. */
export const success = (details: string): Finding => ({ status: "success", details, remedy: null });

/** The upgrade can be made, but something is not as it should be. */
export const warning = (details: string, remedy: string): Finding => ({
  status: "warning",
  details,
  remedy,
});

/** The upgrade will fail, or do harm. */
export const failure = (details: string, remedy: string): Finding => ({
  status: "failure",
  details,
  remedy,
});

/** When executions are removed: `[execution_expiration_policy]` of Mistral's own configuration. */
export interface ExpirationPolicy {
  /** Whether any executions are removed by themselves. */
  readonly isOn: boolean;
}

/** How an upgrade to head is planned: the plan, or why it is refused. */
export type Prospect =
  | { readonly plan: Plan; readonly explanation: Explanation }
  | { readonly refusal: OperatorError };

/** All that the checks know without asking themselves. */
export interface Patient {
  readonly database: Database;
  readonly settings: ConnectionSettings;
  readonly server: Server;
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
  readonly schema: SchemaState;
  readonly facts: Facts;
  readonly prospect: Prospect;
  /** The migration that an earlier run has begun and not ended. */
  readonly unfinished: PlannedMigration | undefined;
}

/** A check. It only reads. */
export interface Check {
  /** What programs call it. */
  readonly name: string;
  /** What people call it. */
  readonly title: string;
  /** Why it is checked, in one sentence. */
  readonly reason: string;
  /** Asks; null where the question has no meaning for this database. */
  examine(patient: Patient): Finding | null | Promise<Finding | null>;
}

/** Whether the server is on the same machine. */
export function isLocal(settings: ConnectionSettings): boolean {
  if (settings.dialect === "sqlite") return true;
  const endpoints = "endpoints" in settings ? settings.endpoints : [settings.endpoint];
  return endpoints.every((one) => one.kind === "unix" || /^(localhost$|127\.|::1$)/.test(one.host));
}

/** The time some seconds ago, in UTC as Mistral writes it. */
export const AGO: Readonly<Record<DialectName, (seconds: number) => string>> = {
  postgresql: (seconds) => `(now() AT TIME ZONE 'UTC') - INTERVAL '${seconds} seconds'`,
  mysql: (seconds) => `UTC_TIMESTAMP() - INTERVAL ${seconds} SECOND`,
  sqlite: (seconds) => `datetime('now', '-${seconds} seconds')`,
};

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

/** Names as a short list: the first few, and how many more. */
export function listed(names: readonly string[], most = 4): string {
  const rest = names.length - most;
  return names.slice(0, most).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}
