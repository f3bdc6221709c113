/**
 * The log of a run, by its settings.
 *
 * @module
 */
import type { Settings } from "../../config/settings.ts";
import { OperatorError } from "../../errors.ts";
import { fileProblem } from "../../files/problem.ts";
import { type LogFile, openToAppend } from "../../files/log_file.ts";
import { PROGRAM } from "../program.ts";
import type { Output } from "./host.ts";
import { type Level, type Log, logTo, plainLine, type Sink } from "./log.ts";
import { fileLine, jsonLine } from "./log_formats.ts";

/** The settings of the log. */
export type LogSettings =
  & Pick<
    Settings,
    "debug" | "useJson" | "logDateFormat" | "logFile" | "logDir"
  >
  & {
    /** Whether standard error is for warnings and errors alone. */
    readonly quiet: boolean;
  };

/** What --quiet keeps from standard error. */
const QUIETED: readonly Level[] = ["DEBUG", "INFO"];

/**
 * A log to standard error and, if the settings name one, a file.
 *
 * @throws {OperatorError} When the file cannot be written to.
 */
export function openLog(settings: LogSettings, stderr: Output): Log & Disposable {
  const { debug, useJson, logDateFormat, quiet } = settings;
  const toStderr: Sink = (record) => {
    if (quiet && QUIETED.includes(record.level)) return;
    stderr.write(useJson ? jsonLine(record, logDateFormat) : plainLine(record));
  };
  const path = logPath(settings);
  if (path === null) return { ...logTo([toStderr], { debug }), [Symbol.dispose]() {} };
  const file = openFile(path);
  const toFile: Sink = (record) => {
    const text = (useJson ? jsonLine : fileLine)(record, logDateFormat);
    // Standard error has the line too; a full disk must not stop a migration half-way.
    try {
      file.writeSync(new TextEncoder().encode(text));
    } catch {
      return;
    }
  };
  return {
    ...logTo([toStderr, toFile], { debug }),
    [Symbol.dispose]: () => file[Symbol.dispose](),
  };
}

/** Where the log file is; in a directory alone its name is the program's. */
function logPath({ logFile, logDir }: LogSettings): string | null {
  if (logFile) return logDir && !logFile.startsWith("/") ? `${logDir}/${logFile}` : logFile;
  return logDir ? `${logDir}/${PROGRAM}.log` : null;
}

function openFile(path: string): LogFile {
  try {
    return openToAppend(path);
  } catch (cause) {
    const problem = fileProblem(cause, "its directory does not exist");
    throw new OperatorError({
      failed: `Cannot write to the log file ${path}`,
      because: problem,
      remedy: "correct that, or name another file with --log-file",
      cause,
    });
  }
}
