/**
 * Waiting for a lock that another run holds: no server tells when it is free, so it is asked.
 *
 * @module
 */
import { delay } from "../../timing/delay.ts";
import { OperatorError } from "../../errors.ts";
import type { Lock, LockHolder, LockOptions } from "../locks.ts";

/** One way to try for a lock. */
export interface LockAttempt {
  /** Tries once, without waiting; true when the lock is ours. */
  tryLock(): Promise<boolean>;
  /** Who has the lock; null when nobody has it any more, or nobody can tell. */
  findHolder(): Promise<LockHolder | null>;
  /** Lets go of the lock that is ours. */
  release(): Promise<void>;
  /** Makes sure that the lock is still ours; without it, it is until it is let go. */
  confirm?(): Promise<void>;
}

const POLL_MILLISECONDS = 250;

/** A lock that is let go once. A lost session has done so already, and must not hide what went wrong. */
function heldLock(attempt: LockAttempt): Lock {
  let released: Promise<void> | undefined;
  return {
    confirm: async () => await attempt.confirm?.(),
    [Symbol.asyncDispose]: () => released ??= attempt.release().catch(() => {}),
  };
}

/**
 * Tries until the lock is ours, which it is until what is returned is disposed.
 *
 * @throws {OperatorError} When it is not ours within `timeoutSeconds`; names the holder.
 */
export async function waitForLock(
  attempt: LockAttempt,
  options: LockOptions,
): Promise<Lock> {
  const { timeoutSeconds, onWaiting, signal } = options;
  const deadline = performance.now() + timeoutSeconds * 1000;
  let told = "";
  while (!await attempt.tryLock()) {
    const holder = await attempt.findHolder();
    const left = deadline - performance.now();
    if (left <= 0) {
      const who = holder?.description ?? "another run";
      throw new OperatorError({
        failed: `Cannot lock the database within ${timeoutSeconds} s`,
        because: `${who} holds the lock`,
        remedy: "wait for it to end, or give --lock-timeout more seconds",
      });
    }
    // Nobody is named where the holder has just let go: then the next try is the last.
    if (holder && holder.description !== told) onWaiting?.(holder);
    told = holder?.description ?? told;
    await delay(Math.min(POLL_MILLISECONDS, left), signal);
  }
  return heldLock(attempt);
}
