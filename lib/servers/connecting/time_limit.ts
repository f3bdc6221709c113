/**
 * A time limit on work that can be cancelled.
 *
 * @module
 */

import { timerMilliseconds } from "../../timing/delay.ts";

/** Thrown when the time is over, with the operating system's code for a timeout. */
class TimeOver extends Error {
  override name = "TimeOver";
  readonly code = "ETIMEDOUT";
}

/**
 * Does some work with a signal that aborts when the time is over or when `outer` aborts.
 *
 * @param seconds How long it may take; 0 or less: for ever.
 * @throws The outer signal's reason, an error with the code `ETIMEDOUT`, or what the work throws.
 */
export async function withTimeLimit<T>(
  seconds: number,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  outer?.throwIfAborted();
  const controller = new AbortController();
  const timer = seconds > 0
    ? setTimeout(
      () => controller.abort(new TimeOver("the time is over")),
      timerMilliseconds(seconds * 1000),
    )
    : undefined;
  const relay = () => controller.abort(outer?.reason);
  outer?.addEventListener("abort", relay, { once: true });
  try {
    return await work(controller.signal);
  } catch (error) {
    throw controller.signal.aborted ? controller.signal.reason : error;
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener("abort", relay);
  }
}
