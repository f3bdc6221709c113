/**
 * Planning the way back, as far as migrations say how.
 *
 * @module
 */
import type { Server } from "../servers/server.ts";
import { RefusedError } from "../errors.ts";
import type { RevisionGraph } from "../revisions/graph/graph.ts";
import type { Revision } from "../revisions/graph/migration.ts";
import { downgradeMoves } from "../revisions/rows/moves.ts";
import { type Direction, interruptionAt, planMigrations, planOf } from "./migrations.ts";
import type { Plan, PlanOptions, Situation } from "./plan.ts";
import { forgetStatements, refuseEdited } from "./records/site_records.ts";

const BACK: Direction = {
  operations: ({ downgrade }) => downgrade ?? [],
  records: forgetStatements,
};

/** Nothing is reverted unless everything on the way can be. */
function refuseOneWay(revisions: readonly Revision[]): void {
  const blocked = revisions.find(({ downgrade }) => !downgrade);
  if (!blocked) return;
  const restore = "restore the backup from before the upgrade";
  const { origin } = blocked;
  throw new RefusedError({
    failed: `Cannot revert revision "${blocked.id}"`,
    because: origin
      ? 'its migration has no "downgrade"'
      : "Mistral's own revisions have no way back",
    remedy: origin ? `add one to ${origin.path}, or ${restore}` : restore,
  });
}

/**
 * Plans a downgrade to a target, such as `-1`, `046` or `base`. Asks no server.
 *
 * @throws {RefusedError} When the target cannot be resolved or reached, a revision on the way has no
 * way back, or a site's own migration was edited after the database ran it.
 * @throws {Misfit} When a migration does not fit the schema.
 */
export function planDowngrade(
  graph: RevisionGraph<Revision>,
  target: string,
  situation: Situation,
  server: Server,
  options: PlanOptions = {},
): Plan {
  const from = situation.versions ?? [];
  const moves = downgradeMoves(graph, from, target);
  refuseOneWay(moves.map(({ revision }) => revision));
  refuseEdited(graph, situation);
  const earlier = interruptionAt(moves, BACK, graph, situation, server);
  return planOf(
    {
      kind: "downgrade",
      from,
      to: moves.at(-1)?.headsAfter ?? from,
      absentTables: [],
      preparation: [],
      migrations: planMigrations(moves, BACK, situation.schema, server, earlier),
    },
    server,
    options,
  );
}
