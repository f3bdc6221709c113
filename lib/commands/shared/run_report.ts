/**
 * `upgrade --report FILE`: what a run did, as a file for programs and auditors.
 *
 * @module
 */
import type { ChosenDatabase } from "../../config/database.ts";
import type { OnEvent } from "../../engine/events.ts";
import { describe } from "../../servers/connecting/url/connection_settings.ts";
import { recorder } from "../../engine/account/report.ts";
import { appended, OperatorError } from "../../errors.ts";
import { openOutput } from "../../files/output_file.ts";
import { whoAndWhere } from "./author.ts";
import type { Context } from "../../cli/context.ts";
import { maskUrls } from "../../cli/output/mask.ts";
import { programVersion } from "../../cli/version.ts";
import { jsonText } from "../../text/printable.ts";

/** The error of a run that did all it was to do and could not say so, as on a full disk. */
function unreported(error: OperatorError): OperatorError {
  const done = "all changes to the database were made";
  return new OperatorError({
    ...appended(error, `; only the report is missing: ${done}, as "current" shows`),
    remedy: "make room for the report",
    done,
    cause: error.cause,
  });
}

/**
 * Runs an action and reports what it did, also when it fails; then it fails as before, and
 * a report that cannot be written is only a warning. Where that can be known, it is known before the
 * action begins.
 *
 * @param act Is called with the listener for its events.
 * @throws {OperatorError} When the report cannot be written; else what `act` throws.
 */
export async function reported<T>(
  { log }: Context,
  { settings }: ChosenDatabase,
  path: string,
  act: (onEvent: OnEvent) => Promise<T>,
): Promise<T> {
  using file = await openOutput(path);
  const record = recorder();
  const started = new Date();
  const write = async (error: string | null) => {
    const finished = new Date();
    const report = {
      program: programVersion,
      ...whoAndWhere(),
      database: describe(settings),
      started: started.toISOString(),
      finished: finished.toISOString(),
      seconds: (finished.getTime() - started.getTime()) / 1000,
      ok: error === null,
      error,
      ...record.report(error === null),
    };
    await file.write(`${jsonText(report, 2)}\n`);
  };
  let result: T;
  try {
    result = await act(record.onEvent);
  } catch (error) {
    await write(maskUrls(error instanceof Error ? error.message : String(error)))
      .catch((cause: Error) => log.warning(cause.message));
    throw error;
  }
  await write(null).catch((error) => {
    throw unreported(error);
  });
  return result;
}
