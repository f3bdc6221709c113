/**
 * A delay that can be aborted.
 *
 * @module
 */

/** The longest delay of a timer; a longer one would end immediately. */
const LONGEST_MS = 2 ** 31 - 1;

/** A number of milliseconds that a timer can wait. */
export const timerMilliseconds = (milliseconds: number): number =>
  Math.min(Math.max(milliseconds, 0), LONGEST_MS);

/**
 * Waits, at most 24 days.
 *
 * @throws The signal's reason, when it aborts.
 */
export async function delay(milliseconds: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, timerMilliseconds(milliseconds));
  const abort = () => reject(signal!.reason);
  signal?.addEventListener("abort", abort, { once: true });
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}
