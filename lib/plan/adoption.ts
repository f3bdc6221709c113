/**
 * Planning to adopt a database whose version table is missing, or is wrong: its schema is brought to that
 * of a revision, and the row is written.
 *
 * @module
 */
import type { Server } from "../servers/server.ts";
import type { Step } from "../servers/step.ts";
import type { RevisionGraph } from "../revisions/graph/graph.ts";
import type { Revision } from "../revisions/graph/migration.ts";
import type { RowChange } from "../revisions/rows/version_rows.ts";
import { historyOf } from "./fold.ts";
import { withJournal } from "./records/journal.ts";
import type { Plan, PlanOptions } from "./plan.ts";
import { createRecords, recordStatements } from "./records/site_records.ts";
import { createVersionTable } from "./records/version_table.ts";

/** The changes that leave one row: whatever is there goes, known or not. */
function rowsFor(revision: string, versions: readonly string[]): readonly RowChange[] {
  if (versions.length === 1 && versions[0] === revision) return [];
  const deletions = versions.map((id): RowChange => ({ kind: "delete", id }));
  return [...deletions, { kind: "insert", id: revision }];
}

/**
 * Plans an adoption. Asks no server.
 *
 * @param versions The rows of the version table; null where there is no such table.
 * @param steps What brings the schema to that of the revision.
 */
export function planAdoption(
  graph: RevisionGraph<Revision>,
  revision: string,
  versions: readonly string[] | null,
  steps: readonly Step[],
  server: Server,
  options: PlanOptions = {},
): Plan {
  const from = versions ?? [];
  const history = historyOf(graph, [revision]);
  const rowChanges = rowsFor(revision, from);
  const isRight = steps.length + rowChanges.length === 0;
  const plan: Plan = {
    kind: "adopt",
    from,
    to: [revision],
    absentTables: [],
    preparation: isRight ? [] : [
      ...(versions === null ? [createVersionTable] : []),
      ...createRecords(history),
    ],
    migrations: isRight ? [] : [{
      ...{ revisions: [], from, to: [revision], resumed: null, steps, openings: [], rowChanges },
      records: history.flatMap(recordStatements),
      transaction: server.spelling.transactions.schema([]),
    }],
    transaction: server.spelling.transactions.schema(steps),
    warnings: [],
  };
  return Object.freeze(withJournal(plan, options, server));
}
