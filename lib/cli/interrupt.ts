/**
 * Stops in an orderly way on a signal.
 *
 * @module
 */
import { OperatorError } from "../errors.ts";

/** The signals, with the exit codes that shells use for them. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

const SIGNALS = Object.keys(EXIT_CODES) as (keyof typeof EXIT_CODES)[];

/** Listens for signals until it is disposed. */
export interface Interrupt extends Disposable {
  /** Aborts at the first of them. */
  readonly signal: AbortSignal;
  /** The exit code of the signal; null if there was none. */
  readonly exitCode: number | null;
}

/** Begins to listen. A second signal ends the process immediately. */
export function listen(): Interrupt {
  const controller = new AbortController();
  let exitCode: number | null = null;
  const handlers = SIGNALS.map((name) =>
    [name, () => {
      exitCode = EXIT_CODES[name];
      stop();
      controller.abort(
        new OperatorError(
          `Stopped by ${name}: completed changes are kept; run the same command again to continue`,
        ),
      );
    }] as const
  );
  const stop = () =>
    handlers.forEach(([name, handler]) => Deno.removeSignalListener(name, handler));
  handlers.forEach(([name, handler]) => Deno.addSignalListener(name, handler));
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode;
    },
    [Symbol.dispose]: stop,
  };
}
