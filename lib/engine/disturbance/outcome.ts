/**
 * What became of a run whose session was lost: the answer to its last statement, which may be a COMMIT,
 * is lost with it. So it is asked, not guessed.
 *
 * @module
 */
import { tries } from "../../timing/tries.ts";
import type { Database } from "../../servers/database.ts";
import { appended, ConnectionError, DatabaseError, OperatorError } from "../../errors.ts";
import { underLock } from "./lock.ts";
import { currentVersions } from "../situation.ts";

/** Seconds in which a server can come back. */
const PATIENCE_SECONDS = 10;

const PAUSE_MS = 500;

/** Seconds in which the server can notice that the session is lost. */
const LOCK_SECONDS = 5;

/** Where the data of a session are; null where the server does not tell everybody. */
export async function placeOf(database: Database): Promise<string | null> {
  try {
    return await database.server.catalog.readPlace(database);
  } catch (error) {
    if (error instanceof DatabaseError) return null;
    throw error;
  }
}

async function ask(lost: Database, place: string | null): Promise<readonly string[]> {
  await using database = await lost.openAnother();
  if (await placeOf(database) !== place) {
    throw new OperatorError({ failed: "this is another server" });
  }
  // The lost session can be at work still; as long as it is, it has the lock. A server that takes no
  // changes is another one, which may be behind.
  return await underLock(
    database,
    null,
    { lockTimeoutSeconds: LOCK_SECONDS },
    async () => await currentVersions(database) ?? [],
  );
}

/** The revisions that the database is at; null where nobody answers in time. */
async function versionsNow(
  lost: Database,
  place: string | null,
  signal: AbortSignal | undefined,
): Promise<readonly string[] | null> {
  for await (const _ of tries({ seconds: PATIENCE_SECONDS, pauseMs: PAUSE_MS, signal })) {
    try {
      return await ask(lost, place);
    } catch (error) {
      if (!(error instanceof ConnectionError && error.retryable)) return null;
    }
  }
  return null;
}

/**
 * Adds to the loss of a session where the database is now. Other errors stay as they are.
 *
 * @param lost The session; the database is asked through another one like it.
 * @param place Where the lost session's data are, as {@linkcode placeOf} gave it.
 */
export async function withOutcome(
  error: unknown,
  lost: Database,
  signal: AbortSignal | undefined,
  place: string | null,
): Promise<unknown> {
  if (!(error instanceof ConnectionError)) return error;
  const versions = await versionsNow(lost, place, signal).catch(() => null);
  const where = versions === null
    ? "The current revision is unknown"
    : `The database is at ${versions.join(", ") || "no revision"} now`;
  return new ConnectionError({
    ...appended(error, `\n  ${where}`),
    retryable: error.retryable,
    done: versions === null ? null : where,
    cause: error.cause,
  });
}
