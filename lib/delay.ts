/**
 * Waiting for some time, unless somebody stops it.
 *
 * @module
 */

/** The longest time that a timer can wait; a longer one would be over at once. */
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
