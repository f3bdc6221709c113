/**
 * Planning the way forward.
 *
 * @module
 */
import type { Server } from "../servers/server.ts";
import type { RevisionGraph } from "../revisions/graph/graph.ts";
import type { Revision } from "../revisions/graph/migration.ts";
import { upgradeMoves } from "../revisions/rows/moves.ts";
import { schemaAfter } from "../schema/apply.ts";
import { createdTables } from "./state/created_tables.ts";
import { planCreation } from "./creation.ts";
import { type Direction, interruptionAt, planMigrations, planOf } from "./migrations.ts";
import type { Plan, PlannedMigration, PlanOptions, Situation } from "./plan.ts";
import { createRecords, recordStatements, refuseEdited } from "./records/site_records.ts";
import { refuseUnstamped } from "./state/unstamped.ts";
import { isInterruption } from "./resume/mod.ts";
import { createVersionTable } from "./records/version_table.ts";

/** The way of an upgrade. */
export const FORWARD: Direction = {
  operations: ({ upgrade }) => upgrade,
  records: recordStatements,
};

/** The tables that a creation makes; none where there is none. */
function tablesOf(creation: PlannedMigration | null): readonly string[] {
  const changes = creation?.steps.flatMap((step) => step.changes) ?? [];
  return changes.flatMap(({ change }) => change.kind === "createTable" ? [change.table.name] : []);
}

/**
 * Plans an upgrade to a target, such as `head`, `+1`, `041` or `zed`; no migration where the database
 * is there already. Asks no server.
 *
 * @throws {RefusedError} When the target cannot be resolved or reached, or a site's own migration was
 * edited after the database ran it.
 * @throws {OperatorError} When the database has tables that no revision accounts for, or a migration
 * does not fit its schema.
 */
export function planUpgrade(
  graph: RevisionGraph<Revision>,
  target: string,
  situation: Situation,
  server: Server,
  options: PlanOptions = {},
): Plan {
  const from = situation.versions ?? [];
  const moves = upgradeMoves(graph, from, target);
  refuseEdited(graph, situation);
  const applied = moves.map(({ revision }) => revision);
  const creation = options.direct ? planCreation(moves, situation, server) : null;
  const rest = moves.slice(creation?.revisions.length ?? 0);
  const earlier = creation ? null : interruptionAt(rest, FORWARD, graph, situation, server);
  // Only a migration that is resumed may find tables of its own.
  if (from.length === 0 && !creation) {
    refuseUnstamped(
      situation.schema,
      isInterruption(earlier) ? applied.slice(1) : applied,
      server,
    );
  }
  const start = schemaAfter(
    situation.schema,
    creation?.steps.flatMap((step) => step.changes) ?? [],
  );
  return planOf(
    {
      kind: "upgrade",
      from,
      to: moves.at(-1)?.headsAfter ?? from,
      absentTables: from.length === 0
        ? [...tablesOf(creation), ...createdTables(rest.map(({ revision }) => revision))]
        : [],
      preparation: [
        ...(situation.versions === null ? [createVersionTable] : []),
        ...createRecords(applied),
      ],
      migrations: [
        ...(creation ? [creation] : []),
        ...planMigrations(rest, FORWARD, start, server, earlier),
      ],
    },
    server,
    options,
  );
}
