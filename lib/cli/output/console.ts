/**
 * What packages and a site's migrations write to the console: details for the log, which must not come
 * between the lines of a result.
 *
 * @module
 */
import type { Log } from "./log.ts";

let log: Pick<Log, "debug"> | null = null;

const METHODS = ["debug", "dir", "error", "info", "log", "table", "trace", "warn"] as const;

/** Keeps the console from the streams of the process. */
export function captureConsole(): void {
  const say = (...words: unknown[]) =>
    log?.debug(
      `Console: ${
        words.map((word) => typeof word === "string" ? word : Deno.inspect(word)).join(" ")
      }`,
    );
  for (const method of METHODS) console[method] = say;
}

/** Names the log for it. */
export function logConsoleTo(to: Pick<Log, "debug">): void {
  log = to;
}
