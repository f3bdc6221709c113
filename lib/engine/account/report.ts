/**
 * A record of what a run did, kept while it goes on, so that a run that fails has one too.
 *
 * @module
 */
import {
  isOneTransaction,
  nameOf,
  type Plan,
  type PlannedMigration,
  purposeOf,
} from "../../plan/plan.ts";
import { isAtomic } from "../../servers/sql/transactions.ts";
import { questionMarks } from "../../sql/statement.ts";
import type { EngineEvent } from "../events.ts";

/** What became of something that was planned. */
export type State = "done" | "failed" | "rolled back" | "not begun";

/** One statement of a run. Values are not part of the text. */
export interface StatementReport {
  /** With question marks for values. */
  readonly sql: string;
  /** What became of it. */
  readonly state: State;
  /** How long it took; null where it did not end. */
  readonly seconds: number | null;
  /** How many rows it changed. */
  readonly rows: number | null;
}

/** One migration of a run. */
export interface MigrationReport {
  /** The revision. */
  readonly revision: string;
  /** Its purpose. */
  readonly message: string | null;
  /** What became of it. */
  readonly state: State;
  /** How long it took; null where it did not end. */
  readonly seconds: number | null;
  /** How many of its steps an earlier run had made, as far as they can be counted. */
  readonly madeBefore: number;
  /** Those that were planned, in order. */
  readonly statements: readonly StatementReport[];
}

/** The report of a run. Nothing was planned if a run failed before it knew what to do. */
export interface RunReport {
  /** The rows of the version table before. */
  readonly from: readonly string[] | null;
  /** The rows that were wanted. */
  readonly to: readonly string[] | null;
  /** In order. */
  readonly migrations: readonly MigrationReport[];
}

type Executed = Extract<EngineEvent, { readonly kind: "executed" }>;

/** Follows a run. */
export interface Recorder {
  /** Takes what the run tells. */
  onEvent(event: EngineEvent): void;
  /** What has been done, and what has not, when the run has ended well, or has failed. */
  report(ok: boolean): RunReport;
}

/** Begins a record; it follows the events of one run. */
export function recorder(): Recorder {
  let plan: Plan | null = null;
  const executed = new Map<string, Executed[]>();
  const applied = new Map<string, number>();
  let running: string | null = null;

  const planned = (revision: string): readonly PlannedMigration[] =>
    plan?.migrations.filter((migration) => nameOf(migration) === revision) ?? [];

  /** The work that a failure undoes: the whole migration, if it is one transaction. */
  const isAllOrNothing = ({ transaction }: PlannedMigration): boolean =>
    isAtomic(plan?.transaction ?? transaction);

  function stateOf(revision: string, ok: boolean): State {
    if (applied.has(revision)) {
      return plan !== null && isOneTransaction(plan) && !ok ? "rolled back" : "done";
    }
    return revision === running ? "failed" : "not begun";
  }

  function statementsOf(
    migration: PlannedMigration,
    revision: string,
    state: State,
  ): StatementReport[] {
    const done = executed.get(revision) ?? [];
    const isUndone = state === "rolled back" ||
      (state === "failed" && isAllOrNothing(migration));
    return migration.steps.flatMap(({ statements }) => statements).map((statement, index) => {
      const sql = questionMarks(statement);
      const one = done[index];
      if (one) {
        const { seconds, rows } = one;
        return { sql, state: isUndone ? "rolled back" : "done", seconds, rows };
      }
      const isNext = state === "failed" && index === done.length;
      return { sql, state: isNext ? "failed" : "not begun", seconds: null, rows: null };
    });
  }

  return {
    onEvent(event) {
      if (event.kind === "planned") plan = event.plan;
      if (event.kind === "running" || event.kind === "creating") running = event.to;
      if (event.kind === "resuming" || event.kind === "statement") running = event.revision;
      // What is tried again begins with its transaction.
      if (event.kind === "blocked" && planned(event.revision).some(isAllOrNothing)) {
        executed.delete(event.revision);
        if (plan !== null && isOneTransaction(plan)) {
          [executed, applied].forEach((one) => one.clear());
        }
      }
      if (event.kind === "executed") {
        executed.set(event.revision, [...executed.get(event.revision) ?? [], event]);
      }
      if (event.kind === "applied") applied.set(event.revision, event.seconds);
    },
    report(ok) {
      const migrations = (plan?.migrations ?? []).map((migration): MigrationReport => {
        const revision = nameOf(migration);
        const state = stateOf(revision, ok);
        return {
          revision,
          message: purposeOf(migration),
          state,
          seconds: applied.get(revision) ?? null,
          madeBefore: migration.resumed?.made ?? 0,
          statements: statementsOf(migration, revision, state),
        };
      });
      return { from: plan?.from ?? null, to: plan?.to ?? null, migrations };
    },
  };
}
