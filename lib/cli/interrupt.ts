/**
 * Stopping in an orderly way when the operator, or the system, says so.
 *
 * @module
 */
import { OperatorError } from "../errors.ts";

/** The signals, and the exit codes that shells know them by. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

const SIGNALS = Object.keys(EXIT_CODES) as (keyof typeof EXIT_CODES)[];

/** Listens for signals until it is disposed. */
export interface Interrupt extends Disposable {
  /** Aborts at the first of them. */
  readonly signal: AbortSignal;
  /** The exit code that the signal asks for; null while there was none. */
  readonly exitCode: number | null;
}

/** Begins to listen. After the first signal a second one ends the process at once. */
export function listen(): Interrupt {
  const controller = new AbortController();
  let exitCode: number | null = null;
  const handlers = SIGNALS.map((name) =>
    [name, () => {
      exitCode = EXIT_CODES[name];
      stop();
      controller.abort(
        new OperatorError(
          `Stopped by ${name}: what was finished stays, what was begun is not; run the same ` +
            "command again to go on",
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
