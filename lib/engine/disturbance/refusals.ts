/**
 * What a server refuses during a run, as sentences: what could not be done, why, and what is kept.
 *
 * @module
 */
import { VERSION_TABLE } from "../../servers/own_tables.ts";
import { ConnectionError, OperatorError } from "../../errors.ts";
import { nameOf } from "../../plan/plan.ts";
import type { RowChange } from "../../revisions/rows/version_rows.ts";
import { kept, type Run } from "../running.ts";

const REMEDY = "remove the cause and run the same command again to continue";

/** What is done and stays, for programs; null for nothing. */
function doneAndKept(run: Run): string | null {
  const done = kept(run);
  return done === "nothing" ? null : done;
}

const doneBefore = (run: Run): string =>
  run.plan.transaction ? "Nothing of this run was kept" : `Done before the failure: ${kept(run)}`;

/** Whether an error is the server's answer to a statement, which needs more words. */
const isAnswer = (error: unknown): error is OperatorError =>
  error instanceof OperatorError && !(error instanceof ConnectionError);

/** What a run is at, after "cannot". */
function task({ plan, current }: Run): string {
  if (!current) return `begin the ${plan.kind}`;
  const isBare = current.revisions.length + current.steps.length === 0;
  return `${isBare ? "stamp" : "apply"} ${nameOf(current)}`;
}

/** The server's refusal as a sentence: what could not be done, why, and at which statement. */
export function refused(error: unknown, run: Run, text: string): unknown {
  if (!isAnswer(error)) return error;
  return new OperatorError({
    failed: `Cannot ${task(run)} on ${run.server.rules.dialect}`,
    because: `${error.message}\n${text.replace(/^/gm, "  ")}\n  ${doneBefore(run)}`,
    remedy: REMEDY,
    done: doneAndKept(run),
    cause: error,
  });
}

/** The server's refusal to keep what was done, as a sentence. */
export function notCommitted(error: unknown, run: Run): unknown {
  if (!isAnswer(error)) return error;
  const { plan, current, server } = run;
  const what = plan.transaction
    ? `the ${plan.kind === "stamp" ? "stamp" : "run"}`
    : nameOf(current!);
  return new OperatorError({
    failed: `Cannot commit ${what} on ${server.rules.dialect}`,
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
