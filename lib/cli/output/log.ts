/**
 * The log: lines in the form that Alembic's logging gives them, for people and scripts to read.
 *
 * @module
 */
import { linesOf, printable } from "../../text/printable.ts";
import { PROGRAM } from "../program.ts";
import { maskUrls } from "./mask.ts";

/** Python's names of levels. */
export type Level = "DEBUG" | "INFO" | "WARNING" | "ERROR";

/** Upstream's loggers, and our own. */
export type Logger = typeof ALEMBIC | "alembic.util.messaging" | typeof PROGRAM;

const ALEMBIC = "alembic.runtime.migration";

/** One log record. */
export interface LogRecord {
  readonly level: Level;
  readonly logger: Logger;
  readonly message: string;
  readonly time: Date;
}

/** A destination of records. */
export type Sink = (record: LogRecord) => void;

/** Logs to all sinks. */
export interface Log {
  /** Details, with `--debug` only. */
  debug(message: string): void;
  /** What is happening. */
  info(message: string): void;
  /** What Alembic logs itself. */
  alembic(message: string): void;
  /** Which migration runs, in upstream's words: a migration is code, and the lines of its message stay. */
  migration(message: string): void;
  /** Something that the operator should know. */
  warning(message: string): void;
  /** Why something failed. */
  error(message: string, logger?: Logger): void;
}

/** A log that masks the passwords of URLs. */
export function logTo(sinks: readonly Sink[], { debug }: { readonly debug: boolean }): Log {
  const write = (level: Level, logger: Logger, message: string) => {
    for (const sink of sinks) sink({ level, logger, message, time: new Date() });
  };
  const say = (level: Level, message: string, logger: Logger = PROGRAM) =>
    write(level, logger, printable(maskUrls(message)));
  return {
    debug: (message) => debug ? say("DEBUG", message) : undefined,
    info: (message) => say("INFO", message),
    alembic: (message) => say("INFO", message, ALEMBIC),
    migration: (message) => write("INFO", ALEMBIC, linesOf(maskUrls(message)).join("\n")),
    warning: (message) => say("WARNING", message),
    error: (message, logger) => say("ERROR", message, logger),
  };
}

/** The same log for a command whose upstream logs nothing: Alembic's lines are details there. */
export const withoutAlembic = (log: Log): Log => ({ ...log, alembic: log.debug });

/**
 * A record on standard error, in upstream's form. Our own errors are sentences and stand
 * there alone, as what Python's `SystemExit` says.
 */
export function plainLine({ level, logger, message }: LogRecord): string {
  return level === "ERROR" && logger === PROGRAM
    ? `${message}\n`
    : `${level.padEnd(5)} [${logger}] ${message}\n`;
}
