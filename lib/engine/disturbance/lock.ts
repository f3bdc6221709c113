/**
 * One run at a time on a database.
 *
 * @module
 */
import { dialects } from "../../dialects/mod.ts";
import type { Lock } from "../../dialects/dialect.ts";
import type { Connection } from "../../drivers/connection.ts";
import { refuseUnready } from "./ready.ts";
import { type EngineOptions, LOCK_TIMEOUT_SECONDS } from "../options.ts";

/**
 * Does something while no other run works on the database, through a session that is made fit for it.
 *
 * @throws {OperatorError} When the server takes no changes, or another run does not end in time; names it.
 */
export async function underLock<T>(
  connection: Connection,
  { lockTimeoutSeconds = LOCK_TIMEOUT_SECONDS, onEvent, signal, openAnother }: EngineOptions,
  action: (lock: Lock) => Promise<T>,
): Promise<T> {
  const dialect = dialects[connection.dialect];
  await refuseUnready(connection, dialect);
  await using lock = await dialect.lock(connection, {
    timeoutSeconds: lockTimeoutSeconds,
    onWaiting: ({ description }) =>
      onEvent?.({ kind: "waiting", holder: description, timeoutSeconds: lockTimeoutSeconds }),
    ...(signal ? { signal } : {}),
    ...(openAnother ? { openAnother } : {}),
  });
  return await action(lock);
}
