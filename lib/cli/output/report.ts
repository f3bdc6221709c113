/**
 * Reports a failed run: messages and exit code.
 *
 * @module
 */
import { ExplainedError, OperatorError, RefusedError } from "../../errors.ts";
import { fileProblem } from "../../files/problem.ts";
import { jsonText, printable, wrapped } from "../../text/printable.ts";
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
  const known = error instanceof OperatorError ? error : refusal(error) ?? unexpected(error);
  if (json) host.stdout.write(failureJson(known));
  if (known instanceof RefusedError) {
    log.error(known.message, "alembic.util.messaging");
    if (known instanceof ExplainedError) log.error(known.explanation);
    if (!json) host.stdout.write(failedLines(printable(maskUrls(known.message)), host.stdout));
  } else {
    log.error(known.message);
  }
  log.debug(traces(error));
  return known.exitCode;
}

/** A failure for programs, see `schemas/failure.json`. */
export function failureJson({ message, done, remedy }: OperatorError): string {
  const masked = (text: string | null) => text && maskUrls(text);
  const failure = { error: masked(message), done: masked(done), remedy: masked(remedy) };
  return `${jsonText(failure, 2)}\n`;
}

/** On a terminal lines are wrapped and indented by two blanks, as Alembic does. */
function failedLines(message: string, { columns }: Output): string {
  const text = `FAILED: ${message}`;
  if (columns === null) return `${text}\n`;
  return wrapped(text, columns).map((line) => `  ${line}\n`).join("");
}

/** Codes of errors of the database packages: the wire, or what came over it. */
const WIRE = /^(CONNECTION|PROTOCOL)_/;

/** Codes of the operating system. */
const SYSTEM = /^E(?!RR_)[A-Z0-9]+$/;

/** What the system or a server has refused where nothing else is known of it; null for anything else. */
function refusal(error: unknown): OperatorError | null {
  if (!(error instanceof Error)) return null;
  const code = String((error as { code?: unknown }).code ?? "");
  if (WIRE.test(code)) {
    return new OperatorError({
      failed: "Cannot continue",
      because: `the session with the server broke off (${error.message})`,
      remedy: "see the server's log, and run the same command again",
    });
  }
  const isSystems = SYSTEM.test(code) || error instanceof Deno.errors.NotCapable ||
    error.message.includes("(os error ");
  return isSystems
    ? new OperatorError({
      failed: "Cannot continue",
      because: fileProblem(error),
      remedy: "fix that and run the same command again",
    })
    : null;
}

/** The message of an unexpected error. */
function unexpected(error: unknown): OperatorError {
  const name = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new OperatorError({
    failed: "Cannot continue",
    because: `this program has a bug (${name})`,
    remedy: "run the same command with --debug, and report what it prints",
  });
}

/** The stacks of an error and of what caused it. */
function traces(error: unknown): string {
  const causes: string[] = [];
  for (let at = error; at instanceof Error && causes.length < 5; at = at.cause) {
    causes.push(at.stack ?? `${at.name}: ${at.message}`);
  }
  return causes.join("\ncaused by ");
}
