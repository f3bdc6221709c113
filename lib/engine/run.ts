/**
 * Doing what a plan says.
 *
 * @module
 */
import type { Facts } from "../servers/effect.ts";
import type { Lock } from "../servers/locks.ts";
import type { Step } from "../servers/step.ts";
import { isAtomic, type Transaction } from "../servers/sql/transactions.ts";
import type { Database } from "../servers/database.ts";
import { type Action, type ActionKind, actionsOf } from "../plan/actions.ts";
import { nameOf, type Plan, touchedTables } from "../plan/plan.ts";
import { tableOfChange } from "../schema/change.ts";
import { questionMarks, type Statement } from "../sql/statement.ts";
import { holders, isPassing, Patience } from "./disturbance/blocked.ts";
import { executeInBatches, rowsAtATime } from "./batches.ts";
import { completeSettings, type EngineOptions } from "./options.ts";
import { changedMeanwhile, notCommitted, refused, wrongRow } from "./disturbance/refusals.ts";
import { refuseTables } from "./disturbance/ready.ts";
import { kept, type RunState } from "./running.ts";
import { startEvent } from "./start_event.ts";
import { executeAll, rollBack } from "./transaction.ts";
import { type Progress, Watch } from "./account/watch.ts";

/** How a plan is done. */
export interface RunOptions extends EngineOptions {
  /** Facts about the server and its tables; without them a run reports no progress of long statements. */
  readonly facts?: Facts | undefined;
  /** The lock under which the plan is done. */
  readonly lock?: Lock | undefined;
}

function warn({ onEvent, current }: RunState, { changes }: Step, count: number): void {
  for (const { change } of changes) {
    if (change.kind !== "execute" || !change.warning || count === 0) continue;
    const message = change.warning.replace("{count}", String(count));
    onEvent({ kind: "warning", revision: nameOf(current!), message });
  }
}

async function execute(
  run: RunState,
  { statement, step, index }: Action<"execute">,
): Promise<void> {
  const { onEvent, signal, current } = run;
  signal?.throwIfAborted();
  await run.lock?.confirm();
  const [revision, text] = [nameOf(current!), questionMarks(statement)];
  onEvent({ kind: "statement", revision, text, words: step.words });
  const began = performance.now();
  try {
    const rows = await send(run, statement, step);
    onEvent({ kind: "executed", revision, text, rows, seconds: secondsSince(began) });
    if (step.expects !== null && rows !== step.expects) throw changedMeanwhile(step);
    warn(run, step, rows);
    if (statement === step.statements.at(-1)) run.made = index + 1;
  } catch (error) {
    throw refused(error, run, text);
  }
}

/** Executes a statement of a step, at once or in batches; gives how many rows it changed. */
async function send(run: RunState, statement: Statement, { batches }: Step): Promise<number> {
  const { database, onEvent, current, facts, settings } = run;
  const revision = nameOf(current!);
  if (batches) {
    const table = facts?.tables.get(batches.name);
    const total = table?.rows ?? null;
    const onBatch = (done: number) =>
      onEvent({ kind: "progress", revision, unit: "rows", phase: null, done, total });
    const batchRows = rowsAtATime(settings.batchRows, table);
    const { batchPauseSeconds } = settings;
    const pace = { batchRows, batchPauseSeconds, onBatch };
    return await executeInBatches(database, statement, batches, { ...run, ...pace });
  }
  return await executeWatched(
    run,
    statement,
    (progress) => onEvent({ kind: "progress", revision, unit: "parts", ...progress }),
  );
}

/** Executes a statement that the server gives up when the run is to stop. */
async function executeWatched(
  { database, watch, signal }: RunState,
  statement: Statement,
  onProgress: (progress: Progress) => void = () => {},
): Promise<number> {
  const executed = database.execute(statement);
  return watch ? await watch.during(executed, onProgress, signal) : await executed;
}

const secondsSince = (began: number): number => (performance.now() - began) / 1000;

/** Executes a statement on the tables of the program itself; gives how many rows it changed. */
async function write(
  run: RunState,
  { statement }: { readonly statement: Statement },
): Promise<number> {
  try {
    return await executeWatched(run, statement);
  } catch (error) {
    throw refused(error, run, questionMarks(statement));
  }
}

const performers: {
  readonly [K in ActionKind]: (run: RunState, action: Action<K>) => unknown;
} = {
  async prepare(run, action) {
    run.signal?.throwIfAborted();
    await write(run, action);
  },
  async begin(run, { transaction }) {
    await executeAll(run.database, transaction.begin);
    run.open = transaction;
  },
  async commit(run, { transaction }) {
    await executeAll(run.database, transaction.commit).catch((error) => {
      throw notCommitted(error, run);
    });
    run.open = null;
  },
  start(run, action) {
    run.signal?.throwIfAborted();
    const { migration } = action;
    const { resumed, steps } = migration;
    if (resumed) {
      const { made: done } = resumed;
      const of = done === null ? null : done + steps.length;
      run.onEvent({ kind: "resuming", revision: nameOf(migration), done, of });
    }
    const event = startEvent(run.plan, action);
    if (event) run.onEvent(event);
    run.current = migration;
    run.made = 0;
    run.began = performance.now();
  },
  execute,
  record: write,
  async row(run, { change, statement }) {
    await run.lock?.confirm();
    const count = await write(run, { statement });
    if (count !== 1) throw wrongRow(change, count);
  },
  finish({ onEvent, finished, began }, { migration }) {
    finished.push(migration);
    if (migration.revisions.length + migration.steps.length === 0) return;
    onEvent({ kind: "applied", revision: nameOf(migration), seconds: secondsSince(began) });
  },
};

/** What changes nothing can be stopped at any time. */
const UNCHANGING: readonly ActionKind[] = ["start", "begin", "finish"];

async function perform<K extends ActionKind>(run: RunState, action: Action<K>): Promise<void> {
  using _change = UNCHANGING.includes(action.kind) ? undefined : run.beginChange?.();
  const performer: (run: RunState, action: Action<K>) => unknown = performers[action.kind];
  await performer(run, action);
}

/**
 * Does what a plan says, action by action. What a transaction holds is rolled back when anything
 * fails; what is committed stays.
 *
 * @throws {OperatorError} When a table cannot be changed without harm, the server refuses a statement, or
 * the version table has changed.
 * @throws The signal's reason, when it stops the run between two statements.
 */
export async function run(
  plan: Plan,
  database: Database,
  options: RunOptions = {},
): Promise<void> {
  await refuseTables(database, touchedTables(plan));
  const settings = completeSettings(options);
  const { onEvent = () => {}, signal } = options;
  const { facts = null, lock, beginChange } = options;
  const watching = facts && { database, facts };
  await using watch = watching && await Watch.begin(watching);
  const state: RunState = {
    ...{ plan, database, onEvent, signal, settings },
    ...{
      beginChange,
      facts,
      watch,
      lock,
      finished: [],
      current: null,
      made: 0,
      began: 0,
      open: null,
    },
  };
  const stopping = () => onEvent({ kind: "stopping" });
  signal?.addEventListener("abort", stopping, { once: true });
  const { ddlLockTimeoutSeconds: limit } = settings;
  const { lockWaits } = database.server.locks;
  await executeAll(database, limit > 0 ? lockWaits.limit(limit) : lockWaits.reset);
  try {
    await performAll(state);
  } catch (error) {
    if (state.open) await rollBack(database, state.open);
    if (signal?.aborted) onEvent({ kind: "stopped", kept: kept(state) });
    throw error;
  } finally {
    signal?.removeEventListener("abort", stopping);
    // A lost session has no settings any more, and must not hide what went wrong.
    await executeAll(database, lockWaits.reset).catch(() => {});
  }
}

/** Undoes what is open, so that it can be tried again. */
async function undo(run: RunState, open: Transaction): Promise<void> {
  await rollBack(run.database, open);
  run.made = 0;
  run.open = null;
  if (run.plan.transaction) run.finished.length = 0;
}

/** The tables that a step is about. */
function tablesOf(action: Action): readonly string[] {
  if (action.kind !== "execute") return [];
  return [...new Set(action.step.changes.flatMap(({ change }) => tableOfChange(change) ?? []))];
}

/**
 * Does all actions. What others hold up is given up and tried again: the whole transaction, or the
 * statement where it is on its own.
 */
async function performAll(run: RunState): Promise<void> {
  const { database, signal, onEvent, settings } = run;
  const actions = [...actionsOf(run.plan)];
  const patience = new Patience(settings.retrySeconds);
  let beginning = 0;
  for (let index = 0; index < actions.length;) {
    const action = actions[index]!;
    if (action.kind === "begin") beginning = index;
    try {
      await perform(run, action);
      index++;
      if (!run.open) patience.reset();
    } catch (error) {
      if (!isPassing(error, database.server, settings.ddlLockTimeoutSeconds > 0)) throw error;
      if (run.open && isAtomic(run.open)) {
        index = beginning;
        await undo(run, run.open);
      }
      const who = await holders(database, tablesOf(action));
      const revision = run.current ? nameOf(run.current) : run.plan.to.join(", ");
      await patience.wait(
        error,
        who,
        signal,
        (retrySeconds) => onEvent({ kind: "blocked", revision, holders: who, retrySeconds }),
      );
    }
  }
}
