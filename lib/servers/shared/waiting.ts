/**
 * Waiting for a lock that another run holds: no server tells when it is free, so it is asked.
 *
 * @module
 */
import { tries } from "../../timing/tries.ts";
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
  const { timeoutSeconds: seconds, onWaiting, signal } = options;
  let told: LockHolder | null = null;
  for await (const { isLast } of tries({ seconds, pauseMs: POLL_MILLISECONDS, signal })) {
    if (await attempt.tryLock()) return heldLock(attempt);
    // Nobody is named where the holder has just let go.
    const holder = await attempt.findHolder();
    if (!isLast() && holder && holder.description !== told?.description) onWaiting?.(holder);
    told = holder ?? told;
  }
  throw new OperatorError({
    failed: `Cannot lock the database within ${seconds} s`,
    because: `${told?.description ?? "another run"} holds the lock`,
    remedy: "wait for it to end, or raise --lock-timeout",
  });
}
