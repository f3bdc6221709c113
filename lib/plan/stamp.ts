/**
 * Planning a stamp: the version table is brought to a revision, and nothing else is done.
 *
 * @module
 */
import type { Server } from "../servers/server.ts";
import type { Transaction } from "../servers/sql/transactions.ts";
import type { RevisionGraph } from "../revisions/graph/graph.ts";
import type { Revision } from "../revisions/graph/migration.ts";
import { stampMoves } from "../revisions/rows/stamp.ts";
import { historyOf } from "./fold.ts";
import { withJournal } from "./records/journal.ts";
import type { Plan, PlannedMigration, PlanOptions, Situation } from "./plan.ts";
import { createRecords, recordStatements } from "./records/site_records.ts";
import { createVersionTable } from "./records/version_table.ts";

const NO_TRANSACTION: Transaction = { begin: [], commit: [], rollback: [] };

/** The rows of the version table after a stamp. */
export function revisionsAfterStamp(
  graph: RevisionGraph<Revision>,
  target: string,
  versions: readonly string[] | null,
): readonly string[] {
  const from = versions ?? [];
  return stampMoves(graph, from, target).at(-1)?.headsAfter ?? from;
}

/**
 * Plans to write a target, such as `head`, `base` or `041`, into the version table. A site's own
 * migrations up to there are recorded as their files are now. Asks no server.
 *
 * @throws {RefusedError} When the target, or a row of the version table, is no known revision.
 */
export function planStamp(
  graph: RevisionGraph<Revision>,
  target: string,
  situation: Situation,
  server: Server,
  options: PlanOptions = {},
): Plan {
  const from = situation.versions ?? [];
  const moves = stampMoves(graph, from, target);
  const to = moves.at(-1)?.headsAfter ?? from;
  const history = historyOf(graph, to);
  const records = history.flatMap(recordStatements);
  const bare = {
    ...{ revisions: [], resumed: null, steps: [], openings: [] },
    transaction: NO_TRANSACTION,
  };
  const migrations: PlannedMigration[] = moves.map((move) => ({ ...bare, ...move, records: [] }));
  if (records.length > 0) {
    migrations.push({ ...bare, from: to, to, rowChanges: [], records });
  }
  const plan: Plan = {
    kind: "stamp",
    from,
    to,
    absentTables: [],
    preparation: [
      ...(situation.versions === null ? [createVersionTable] : []),
      ...createRecords(history),
    ],
    migrations,
    transaction: server.spelling.transactions.schema([]),
    warnings: [],
  };
  return Object.freeze(withJournal(plan, options, server));
}
