/**
 * Telling a database which revision it is at, without running anything.
 *
 * @module
 */
import { dialects } from "../dialects/mod.ts";
import type { Connection } from "../drivers/connection.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { Revision } from "../revisions/migration.ts";
import { stampSteps } from "../revisions/stamp.ts";
import { currentVersions } from "./current.ts";
import { underLock } from "./lock.ts";
import { executeAll, inTransaction } from "./migrate.ts";
import { historyOf } from "./fold.ts";
import type { EngineOptions } from "./options.ts";
import { memoryStatements, rememberStatements } from "./own_revisions.ts";
import { changeVersion, createVersionTable } from "./version_table.ts";

/** What a stamp came to. */
export interface StampResult {
  /** Rows of the version table before. */
  readonly from: readonly string[];
  /** Rows of the version table after. */
  readonly to: readonly string[];
}

/**
 * Writes a target, such as `head`, `base` or `041`, into the version table as the database's
 * revision, and takes a site's own migrations up to there as they are now for what has been run.
 * Nothing else in the database changes.
 *
 * @throws {RefusedError} When the target, or what the table holds, is no known revision.
 * @throws {OperatorError} When another run does not end in time.
 */
export async function stamp(
  connection: Connection,
  graph: RevisionGraph<Revision>,
  target: string,
  options: EngineOptions = {},
): Promise<StampResult> {
  const dialect = dialects[connection.dialect];
  return await underLock(connection, options, async () => {
    const versions = await currentVersions(connection);
    const from = versions ?? [];
    const steps = stampSteps(graph, from, target);
    const to = steps.at(-1)?.headsAfter ?? from;
    const history = historyOf(graph, to);
    if (versions === null) await executeAll(connection, [createVersionTable]);
    await executeAll(connection, memoryStatements(history));
    await inTransaction({ connection, dialect }, "the stamp", [], async () => {
      for (const step of steps) {
        options.onEvent?.({ kind: "stamped", from: step.from, to: step.to });
        for (const change of step.rowChanges) await changeVersion(connection, change);
      }
      await executeAll(connection, history.flatMap(rememberStatements));
    });
    return { from, to };
  });
}
