/**
 * What a server refuses during a run, as sentences: what could not be done, why, and what is kept.
 *
 * @module
 */
import { VERSION_TABLE } from "../../servers/reading/own_tables.ts";
import { ConnectionError, OperatorError } from "../../errors.ts";
import { isOneTransaction, nameOf, type PlanKind, type PlannedMigration } from "../../plan/plan.ts";
import type { RowChange } from "../../revisions/rows/version_rows.ts";
import type { Step } from "../../servers/step.ts";
import { kept, type RunState } from "../running.ts";

const REMEDY = "remove the cause and run the same command again to continue";

/** The completed work that is kept, for programs; null if there is none. */
function doneAndKept(run: RunState): string | null {
  const done = kept(run);
  return done === "nothing" ? null : done;
}

const doneBefore = (run: RunState): string =>
  isOneTransaction(run.plan)
    ? "Nothing of this run was kept"
    : `Done before the failure: ${kept(run)}`;

/** Whether an error is the server's answer to a statement, which needs more words. */
const isAnswer = (error: unknown): error is OperatorError =>
  error instanceof OperatorError && !(error instanceof ConnectionError);

/** The current work of a run, after "cannot". */
const TASKS: Readonly<Record<PlanKind, (current: PlannedMigration) => string>> = {
  upgrade: (current) => `apply ${nameOf(current)}`,
  downgrade: (current) => `apply ${nameOf(current)}`,
  stamp: (current) => `stamp ${nameOf(current)}`,
  adopt: (current) => `adopt the database as ${nameOf(current)}`,
  populate: () => "populate the database",
};

function task({ plan, current }: RunState): string {
  return current ? TASKS[plan.kind](current) : `begin the ${plan.kind}`;
}

/** The server's refusal as a sentence: what could not be done, why, and at which statement. */
export function refused(error: unknown, run: RunState, text: string): unknown {
  if (!isAnswer(error)) return error;
  return new OperatorError({
    failed: `Cannot ${task(run)} on ${run.database.server.name}`,
    because: `${error.message}\n${text.replace(/^/gm, "  ")}\n  ${doneBefore(run)}`,
    remedy: REMEDY,
    done: doneAndKept(run),
    cause: error,
  });
}

/** The server's refusal to keep what was done, as a sentence. */
export function notCommitted(error: unknown, run: RunState): unknown {
  if (!isAnswer(error)) return error;
  const { plan, current, database: { server } } = run;
  const what = isOneTransaction(plan) ? `the ${plan.kind}` : nameOf(current!);
  return new OperatorError({
    failed: `Cannot commit ${what} on ${server.name}`,
    because: `${error.message}; it was rolled back`,
    remedy: REMEDY,
    done: doneAndKept(run),
    cause: error,
  });
}

/** Another program may have changed the table since it was read. */
export function wrongRow(change: RowChange, count: number): OperatorError {
  const id = change.kind === "update" ? change.from : change.id;
  return new OperatorError({
    failed: `Cannot change ${VERSION_TABLE}`,
    because: `expected one row "${id}", found ${count}; another program has changed the table`,
    remedy: "look at it before you go on",
  });
}

/** Another program may have changed a row since it was read. */
export const changedMeanwhile = ({ words }: Step): OperatorError =>
  new OperatorError({ failed: `Cannot ${words}`, because: "another program has changed that row" });
