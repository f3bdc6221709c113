/**
 * Resuming a migration that an earlier run, or another program, did not finish.
 *
 * @module
 */
import type { Server } from "../../servers/server.ts";
import type { Step } from "../../servers/step.ts";
import { Misfit } from "../../schema/misfit.ts";
import { withFills, withUpdates } from "../../operations/fill.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Revision } from "../../revisions/graph/migration.ts";
import type { AppliedChange } from "../../schema/apply.ts";
import type { SchemaState } from "../../schema/schema.ts";
import { questionMarks } from "../../sql/statement.ts";
import { fold } from "../fold.ts";
import type { Resumed, Situation } from "../plan.ts";
import { sourceOf, type Trace, traceOf } from "./trace.ts";
import { objectInWords } from "./objects.ts";
import { remainderOf } from "./remainder.ts";

/** A migration that an earlier run has begun. */
export interface Interruption {
  /** The steps that are still to be made. */
  readonly steps: readonly Step[];
  readonly resumed: Resumed;
}

/** A database that is neither as a migration expects it nor on the way. */
export interface Mismatch {
  /** The objects that match no state of the migration, in words. */
  readonly mismatches: readonly string[];
}

/** What an earlier run has left: a migration to finish, a database that does not match it, or nothing. */
export type EarlierRun = Interruption | Mismatch | null;

/** Whether an earlier run has begun the migration, so that its rest is to be made. */
export function isInterruption(earlier: EarlierRun): earlier is Interruption {
  return earlier !== null && "steps" in earlier;
}

const textOf = ({ statements }: Step): string => statements.map(questionMarks).join(";\n");

/** How many of its steps a migration has behind it; null where what is left is not steps of its own. */
function madeOf(all: readonly Step[], left: readonly Step[]): number | null {
  const own = all.map(textOf);
  let next = 0;
  for (const text of left.map(textOf)) {
    next = own.indexOf(text, next) + 1;
    if (next === 0) return null;
  }
  return all.length - left.length;
}

/** The remainder of a trace, as steps. */
export function interruption(
  { applied }: Trace,
  changes: readonly AppliedChange[],
  server: Server,
): Interruption {
  const steps = server.spelling.compile(changes);
  return { steps, resumed: { made: madeOf(server.spelling.compile(applied), steps) } };
}

/** What an earlier run has left of a trace. */
function earlierRunOf(trace: Trace, live: SchemaState, server: Server): EarlierRun {
  const rest = remainderOf(trace, live, server.rules);
  if (rest.kind === "not begun") return null;
  return rest.kind === "mismatch"
    ? { mismatches: rest.objects.map(objectInWords) }
    : interruption(trace, rest.changes, server);
}

/**
 * What an earlier run has left of the migration that is next; null where it has not begun it.
 *
 * A new column without a default may have been added by a run that fills it with an UPDATE, as
 * upstream's tool does, so that state is resumed with the UPDATE.
 *
 * A site's own migration may repair what the history has and the site's database had not. It
 * contradicts the history then, which alone could tell how far the run got.
 */
export function interruptionOf(
  operations: readonly Operation[],
  history: readonly Revision[],
  { schema: live }: Situation,
  server: Server,
): EarlierRun {
  try {
    const before = fold(history, server.rules);
    const at = (way: readonly Operation[]) =>
      earlierRunOf(
        traceOf(way.map((operation) => sourceOf(operation, server.rules)), before, server.rules),
        live,
        server,
      );
    const updating = at(withUpdates(operations, server.rules));
    if (updating === null || isInterruption(updating)) return updating;
    const filling = at(withFills(operations, server.rules));
    return isInterruption(filling) ? filling : updating;
  } catch (error) {
    if (error instanceof Misfit) return null;
    throw error;
  }
}
