/**
 * Planning to register definitions: the fewest changes of rows, in one transaction.
 *
 * @module
 */
import { withJournal } from "../plan/records/journal.ts";
import type { Plan, PlanOptions } from "../plan/plan.ts";
import type { Change } from "../schema/change.ts";
import type { SchemaState } from "../schema/schema.ts";
import type { Server } from "../servers/server.ts";
import { questionMarks } from "../sql/statement.ts";
import type { Step } from "../servers/step.ts";
import type { SeedChange } from "./reconcile.ts";
import { statementOf } from "./rows.ts";
import { TABLES } from "./seed.ts";

/** The step that makes a change; each is of one row. */
function stepOf(change: SeedChange, schema: SchemaState, time: string): Step {
  const statement = statementOf(change, time);
  const words = `${change.verb} ${change.kind} "${change.name}"`;
  const writes = TABLES[change.kind];
  const made: Change<"execute"> = {
    ...{ kind: "execute", sql: questionMarks(statement), does: words, writes },
    ...{ warning: null, reads: null, inBatches: false },
  };
  return Object.freeze({
    changes: [{ change: made, before: schema, after: schema }],
    statements: [statement],
    words,
    batches: null,
    expects: 1,
  });
}

/**
 * Plans to make changes of rows. Asks no server.
 *
 * @param revisions The rows of the version table.
 * @param schema The schema at these revisions.
 * @param time The time of the changes, in UTC and whole seconds.
 */
export function planPopulate(
  revisions: readonly string[],
  changes: readonly SeedChange[],
  { schema, time }: { readonly schema: SchemaState; readonly time: string },
  server: Server,
  options: PlanOptions = {},
): Plan {
  const { rows } = server.spelling.transactions;
  const steps = changes.map((change) => stepOf(change, schema, time));
  const plan: Plan = {
    kind: "populate",
    ...{ from: revisions, to: revisions, absentTables: [], preparation: [] },
    migrations: steps.length === 0 ? [] : [{
      ...{ revisions: [], from: revisions, to: revisions, resumed: null, steps },
      ...{ openings: [], records: [], rowChanges: [], transaction: rows },
    }],
    transaction: rows,
    warnings: [],
  };
  return Object.freeze(withJournal(plan, options, server));
}
