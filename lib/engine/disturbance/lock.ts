/**
 * One run at a time on a database.
 *
 * @module
 */
import type { Lock } from "../../servers/locks.ts";
import type { Database } from "../../servers/database.ts";
import { OperatorError } from "../../errors.ts";
import { knownTables } from "../../plan/state/created_tables.ts";
import type { RevisionGraph } from "../../revisions/graph/graph.ts";
import type { Revision } from "../../revisions/graph/migration.ts";
import { refuseUnready } from "./ready.ts";
import { completeSettings, type EngineOptions } from "../options.ts";

/** Refuses tables, and code on tables, of somebody else: they would run with our rights. */
async function refuseStrangers(
  database: Database,
  graph: RevisionGraph<Revision>,
): Promise<void> {
  const { strangers } = database.server.catalog;
  const objects = await strangers(database, knownTables(graph));
  if (objects.length === 0) return;
  throw new OperatorError({
    failed: "Cannot change the database",
    because: `it has the ${objects.join("; the ")}; their code would run with the rights ` +
      "of this user",
    remedy: "remove them, or make the owner of the database their owner",
  });
}

/**
 * Does something while no other run works on the database, through a session that is made fit for it,
 * unless somebody else has something in the place of Mistral's tables.
 *
 * @param graph The history whose tables are meant; null if nothing is changed.
 * @throws {OperatorError} When the server takes no changes, another run does not end in time, or there
 * are objects of strangers; names them.
 */
export async function underLock<T>(
  database: Database,
  graph: RevisionGraph<Revision> | null,
  options: EngineOptions,
  action: (lock: Lock) => Promise<T>,
): Promise<T> {
  const server = database.server;
  const { onEvent, signal } = options;
  const { lockTimeoutSeconds: timeoutSeconds } = completeSettings(options);
  await refuseUnready(database);
  await using lock = await server.locks.lock(database, {
    timeoutSeconds,
    onWaiting: ({ description }) =>
      onEvent?.({ kind: "waiting", holder: description, timeoutSeconds }),
    ...(signal ? { signal } : {}),
  });
  if (graph !== null) await refuseStrangers(database, graph);
  return await action(lock);
}
