/**
 * Waiting for a lock that another run holds: no server tells when it is free, so it is asked.
 *
 * @module
 */
import { delay } from "../delay.ts";
import { OperatorError } from "../errors.ts";
import type { LockHolder, LockOptions } from "./dialect.ts";

/** One way to try for a lock. */
export interface LockAttempt {
  /** Tries once, without waiting; true when the lock is ours. */
  tryLock(): Promise<boolean>;
  /** Who has the lock; null when nobody has it any more, or nobody can tell. */
  findHolder(): Promise<LockHolder | null>;
  /** Lets go of the lock that is ours. */
  release(): Promise<void>;
}

const POLL_MILLISECONDS = 250;

/** Lets go of the lock, once. A lost session has done so already, and must not hide what went wrong. */
function releaseOnce({ release }: LockAttempt): AsyncDisposable {
  let released: Promise<void> | undefined;
  return { [Symbol.asyncDispose]: () => released ??= release().catch(() => {}) };
}

/**
 * Tries until the lock is ours, which it is until what is returned is disposed.
 *
 * @throws {OperatorError} When it is not ours within `timeoutSeconds`; names the holder.
 */
export async function waitForLock(
  attempt: LockAttempt,
  options: LockOptions,
): Promise<AsyncDisposable> {
  const { timeoutSeconds, onWaiting, signal } = options;
  const deadline = performance.now() + timeoutSeconds * 1000;
  let told = "";
  while (!await attempt.tryLock()) {
    const holder = await attempt.findHolder();
    const left = deadline - performance.now();
    if (left <= 0) {
      const who = holder?.description ?? "another run";
      throw new OperatorError(
        `Cannot lock the database within ${timeoutSeconds} s: ${who} holds the lock; wait for it ` +
          "to end, or give --lock-timeout more seconds",
      );
    }
    // Nobody is named where the holder has just let go: then the next try is the last.
    if (holder && holder.description !== told) onWaiting?.(holder);
    told = holder?.description ?? told;
    await delay(Math.min(POLL_MILLISECONDS, left), signal);
  }
  return releaseOnce(attempt);
}
