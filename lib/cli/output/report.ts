/**
 * Reports a failed run: messages and exit code.
 *
 * @module
 */
import { OperatorError, RefusedError } from "../../errors.ts";
import { printable, wrapped } from "../../printable.ts";
import type { Host, Output } from "./host.ts";
import type { Log } from "./log.ts";
import { maskUrls } from "./mask.ts";

/** The form of a report. */
export interface ReportOptions {
  readonly host: Pick<Host, "stdout">;
  readonly log: Log;
  /** Errors are JSON, as the results are. */
  readonly json: boolean;
}

/** Reports why a run failed; returns its exit code. */
export function report(error: unknown, { host, log, json }: ReportOptions): number {
  const known = error instanceof OperatorError ? error : unexpected(error);
  if (json) host.stdout.write(failureJson(known));
  if (known instanceof RefusedError) {
    log.error(known.message, "alembic.util.messaging");
    if (known.cause instanceof OperatorError) log.error(known.cause.message);
    if (!json) host.stdout.write(failedLines(printable(maskUrls(known.message)), host.stdout));
  } else {
    log.error(known.message);
  }
  log.debug(traces(error));
  return known.exitCode;
}

/** A failure for programs, see `schemas/failure.json`. */
export function failureJson({ message, done, remedy, cause }: OperatorError): string {
  const hint = remedy ?? (cause instanceof OperatorError ? cause.message : null);
  const masked = (text: string | null) => text && maskUrls(text);
  const failure = { error: masked(message), done: masked(done), remedy: masked(hint) };
  return `${JSON.stringify(failure, null, 2)}\n`;
}

/** On a terminal lines are wrapped and indented by two blanks, as Alembic does. */
function failedLines(message: string, { columns }: Output): string {
  const text = `FAILED: ${message}`;
  if (columns === null) return `${text}\n`;
  return wrapped(text, columns).map((line) => `  ${line}\n`).join("");
}

/** The message of an unexpected error. */
function unexpected(error: unknown): OperatorError {
  const name = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new OperatorError(
    `Cannot continue: this program has a bug (${name}); run the same command with --debug, and ` +
      "report what it prints",
    { remedy: "run the same command with --debug, and report what it prints" },
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
