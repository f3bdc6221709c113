/**
 * A run on its way.
 *
 * @module
 */
import type { Lock } from "../servers/locks.ts";
import { isAtomic, type Transaction } from "../servers/sql/transactions.ts";
import type { Facts } from "../servers/effect.ts";
import type { Database } from "../servers/database.ts";
import { isOneTransaction, nameOf, type Plan, type PlannedMigration } from "../plan/plan.ts";
import type { OnEvent } from "./events.ts";
import type { DEFAULTS, EngineOptions } from "./options.ts";
import type { Watch } from "./account/watch.ts";

/** A run on its way, and how far it is. */
export interface RunState {
  readonly plan: Plan;
  readonly database: Database;
  readonly onEvent: OnEvent;
  readonly signal: AbortSignal | undefined;
  readonly beginChange: EngineOptions["beginChange"];
  readonly settings: typeof DEFAULTS;
  readonly facts: Facts | null;
  readonly watch: Watch | null;
  readonly lock: Lock | undefined;
  /** The migrations that are complete. */
  readonly finished: PlannedMigration[];
  /** The migration that is being made. */
  current: PlannedMigration | null;
  /** How many of its steps this run has made. */
  made: number;
  /** When it began, on the clock of `performance.now()`. */
  began: number;
  /** The transaction that is open. */
  open: Transaction | null;
}

/** The completed work that is kept after a failure, for operators. */
export function kept({ plan, finished, current, made }: RunState): string {
  if (isOneTransaction(plan)) return "nothing";
  const [first, last] = [finished[0], finished.at(-1)].map((one) => one && nameOf(one));
  const complete = first === last ? first : `${first} to ${last}`;
  const isWhole = current === null || finished.includes(current) ||
    isAtomic(current.transaction);
  const parts = [complete, isWhole ? undefined : stepsKept(current, made)];
  return parts.filter((part) => part !== undefined).join(" and ") || "nothing";
}

/** The steps of a migration that are made, by this run or an earlier one; undefined for none. */
function stepsKept(migration: PlannedMigration, made: number): string | undefined {
  const { resumed, steps } = migration;
  const before = resumed ? resumed.made : 0;
  if (before === null) return `${made} of the last ${steps.length} steps of ${nameOf(migration)}`;
  return before + made > 0
    ? `${before + made} of ${before + steps.length} steps of ${nameOf(migration)}`
    : undefined;
}
