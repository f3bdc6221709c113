/**
 * Stopping on a signal.
 *
 * @module
 */
import type { Environment } from "../config/config_files.ts";
import { OperatorError } from "../errors.ts";

/** The signals, with the exit codes that shells use for them. */
const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

type SignalName = keyof typeof EXIT_CODES;

/** The variable in which a launcher says that SIGHUP was ignored when it was started, as by `nohup`. */
const NOHUP = "MISTRAL_DB_MANAGE_NOHUP";

/** Milliseconds in which a stopped command can clean up, such as remove its lock file. */
const GRACE_MS = 500;

const UNCHANGED = { because: "nothing was changed" };
const KEPT = {
  because: "completed changes are kept",
  remedy: "run the same command again to continue",
};

/** What a run does when the operator interrupts the program. */
export interface Interrupt extends Disposable {
  /** Aborts at the first signal. */
  readonly signal: AbortSignal;
  /** The exit code of the signal; null if there was none. */
  readonly exitCode: number | null;
  /** Whether a change is under way, which is not cut short. */
  readonly isChanging: boolean;
  /** Marks a change as under way until it is disposed. */
  beginChange(): Disposable;
  /**
   * Waits for work of any kind, but no longer than until it is stopped.
   *
   * @throws The signal's reason.
   */
  untilStopped<T>(work: Promise<T>): Promise<T>;
  /** Does work that may block the process: meanwhile a signal ends it as if nobody listened. */
  whileBlocked<T>(work: () => T | Promise<T>): Promise<T>;
}

const SIGNALS = Object.keys(EXIT_CODES) as SignalName[];

/**
 * Ignores a signal until the process ends. Deno does not leave it ignored by itself once anybody has listened
 * to it, and cannot say whether it was.
 */
function ignore(name: SignalName): void {
  Deno.addSignalListener(name, () => {});
}

/** Waits for the next turn of the event loop. Timers would take five times as long (Deno 2.9). */
async function nextTurn(): Promise<void> {
  await Deno.lstat("/").catch(() => {});
}

class Listener implements Interrupt {
  exitCode: number | null = null;
  readonly #controller = new AbortController();
  readonly #stopped = Promise.withResolvers<never>();
  readonly #handlers: readonly (readonly [SignalName, () => void])[];
  #changes = 0;
  #hasChanged = false;

  constructor(names: readonly SignalName[]) {
    this.#handlers = names.map((name) => [name, () => this.#stop(name)] as const);
    // Nobody may be waiting.
    this.#stopped.promise.catch(() => {});
    this.#listen();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get isChanging(): boolean {
    return this.#changes > 0;
  }

  beginChange(): Disposable {
    this.#changes++;
    this.#hasChanged = true;
    return {
      [Symbol.dispose]: () => {
        this.#changes--;
        if (this.signal.aborted) this.#endSoon();
      },
    };
  }

  untilStopped<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#stopped.promise]);
  }

  async whileBlocked<T>(work: () => T | Promise<T>): Promise<T> {
    // A signal that has come already is noticed first, which takes two turns of the event loop.
    for (let turn = 0; turn < 2; turn++) await nextTurn();
    this.signal.throwIfAborted();
    this.#unlisten();
    try {
      return await work();
    } finally {
      this.#listen();
    }
  }

  [Symbol.dispose](): void {
    this.#unlisten();
  }

  #listen(): void {
    for (const [name, handler] of this.#handlers) Deno.addSignalListener(name, handler);
  }

  /** Brings back what the system does, which is to end the process. */
  #unlisten(): void {
    for (const [name, handler] of this.#handlers) Deno.removeSignalListener(name, handler);
  }

  #stop(name: SignalName): void {
    // A second signal ends the process immediately.
    this.#unlisten();
    this.exitCode = EXIT_CODES[name];
    const state = this.#hasChanged ? KEPT : UNCHANGED;
    this.#controller.abort(new OperatorError({ failed: `Stopped by ${name}`, ...state }));
    this.#endSoon();
  }

  /** Ends the wait for what does not end by itself, unless a change is under way by then. */
  #endSoon(): void {
    setTimeout(() => {
      if (!this.isChanging) this.#stopped.reject(this.signal.reason);
    }, GRACE_MS);
  }
}

/** Begins to listen, until it is disposed; not to a SIGHUP that the program is to survive. */
export function listen(environment: Environment): Interrupt {
  if (environment.get(NOHUP) !== "1") return new Listener(SIGNALS);
  ignore("SIGHUP");
  return new Listener(SIGNALS.filter((name) => name !== "SIGHUP"));
}
