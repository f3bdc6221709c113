/**
 * Trying again and again until the time is over.
 *
 * @module
 */
import { delay } from "./delay.ts";

/** How often, and for how long, something is tried. */
export interface TryOptions {
  /** Seconds after which no try begins any more but the one that a pause was for; without end unless given. */
  readonly seconds?: number;
  /** The greatest number of tries; any number unless given. */
  readonly most?: number;
  /** Milliseconds between two tries; the last pause ends with the time. */
  readonly pauseMs: number;
  /** Ends a pause. */
  readonly signal?: AbortSignal | undefined;
}

/** One try. */
export interface Try {
  /** Which one; the first is 1. */
  readonly count: number;
  /** Whether no other one follows; to be asked when it has failed, since a try takes time itself. */
  readonly isLast: () => boolean;
}

/**
 * Gives one try after another, at least one, with a pause in between. The loop ends when they are used
 * up, so that what follows it is for the failure of all.
 *
 * @throws The signal's reason, when it aborts a pause.
 */
export async function* tries(
  { seconds = Infinity, most = Infinity, pauseMs, signal }: TryOptions,
): AsyncGenerator<Try, void> {
  const deadline = performance.now() + seconds * 1000;
  for (let count = 1;; count++) {
    let last: boolean | undefined;
    const isLast = () => last ??= count >= most || performance.now() >= deadline;
    yield { count, isLast };
    if (isLast()) return;
    await delay(Math.min(pauseMs, deadline - performance.now()), signal);
  }
}
