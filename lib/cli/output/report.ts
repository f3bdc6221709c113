/**
 * How a run that failed ends: what is said where, and the exit code.
 *
 * @module
 */
import { OperatorError, RefusedError } from "../../errors.ts";
import { filled } from "../argv/usage.ts";
import type { Host, Output } from "./host.ts";
import type { Log } from "./log.ts";
import { maskUrls } from "./mask.ts";

/** How to say it. */
export interface ReportOptions {
  readonly host: Pick<Host, "stdout">;
  readonly log: Log;
  /** Results are JSON, and so is what went wrong. */
  readonly json: boolean;
}

/** Says why a run failed; gives its exit code. */
export function report(error: unknown, { host, log, json }: ReportOptions): number {
  const known = error instanceof OperatorError ? error : unexpected(error);
  if (json) host.stdout.write(JSON.stringify({ error: maskUrls(known.message) }, null, 2) + "\n");
  if (known instanceof RefusedError) {
    log.error(known.message, "alembic.util.messaging");
    if (known.cause instanceof OperatorError) log.error(known.cause.message);
    if (!json) host.stdout.write(failedLines(maskUrls(known.message), host.stdout));
  } else {
    log.error(known.message);
  }
  log.debug(traces(error));
  return known.exitCode;
}

/** On a terminal lines are wrapped at its width and begin with two blanks, as Alembic has it. */
function failedLines(message: string, { columns }: Output): string {
  const text = `FAILED: ${message}`;
  if (columns === null) return `${text}\n`;
  return filled(text.split(/\s+/), columns).map((line) => `  ${line}\n`).join("");
}

/** An error that nobody has foreseen, as a sentence. */
function unexpected(error: unknown): OperatorError {
  const name = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new OperatorError(
    `Cannot go on: this program has a fault (${name}); run the same command with --debug, and ` +
      "report what it prints",
  );
}

/** The stacks of an error and of what caused it. */
function traces(error: unknown): string {
  const causes: string[] = [];
  for (let at = error; at instanceof Error && causes.length < 5; at = at.cause) {
    causes.push(at.stack ?? `${at.name}: ${at.message}`);
  }
  return causes.join("\ncaused by ");
}
