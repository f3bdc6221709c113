/**
 * The engine's events as log lines.
 *
 * @module
 */
import type { EngineEvent, OnEvent } from "../../engine/events.ts";
import type { Log } from "./log.ts";

/** Describes an event. */
type Formatter<K extends EngineEvent["kind"]> = (
  event: Extract<EngineEvent, { readonly kind: K }>,
  log: Log,
  terminal: boolean,
) => void;

/** The end of migrations that take longer than this is logged on a terminal. */
const LONG_SECONDS = 1;

/** Where a migration stands in the run, before its line on a terminal. */
const place = (position: number, total: number, terminal: boolean): string =>
  terminal ? `[${position}/${total}] ` : "";

const FORMATTERS: { readonly [K in EngineEvent["kind"]]: Formatter<K> } = {
  waiting: ({ holder, timeoutSeconds }, log) =>
    log.info(`Waiting up to ${timeoutSeconds} s for another run to end: ${holder} holds the lock`),
  running: ({ from, to, message, position, total }, log, terminal) => {
    log.migration(
      `${place(position, total, terminal)}Running upgrade ${from.join(", ")} -> ${to}, ${message}`,
    );
  },
  creating: ({ to, revisions, position, total }, log, terminal) => {
    log.info(
      `${
        place(position, total, terminal)
      }Creating the schema of ${to} directly (${revisions} revisions)`,
    );
  },
  downgrading: ({ from, to, message, position, total }, log, terminal) => {
    log.migration(
      `${place(position, total, terminal)}Running downgrade ${from} -> ${
        to.join(", ")
      }, ${message}`,
    );
  },
  resuming: ({ revision, done, of }, log) =>
    log.info(
      `Going on with ${revision}: an earlier run has ${
        done === null ? "begun it" : `made ${done} of its ${of} steps`
      }`,
    ),
  blocked: ({ revision, holders, retrySeconds }, log) =>
    log.warning(
      `${revision} is held up${
        holders === null ? "" : ` by ${holders}`
      }; it gives way and tries again ` +
        `in ${retrySeconds.toFixed(1)} s`,
    ),
  statement: ({ revision, text }, log) => log.debug(`${revision}: ${text}`),
  planned: ({ plan }, log) => {
    for (const warning of plan.warnings) log.warning(warning);
  },
  adopting: ({ to }, log) => log.info(`Adopting the database as ${to.join(", ")}`),
  progress: () => {},
  executed: () => {},
  warning: ({ revision, message }, log) => log.warning(`${revision}: ${message}`),
  applied: ({ revision, seconds }, log, terminal) => {
    const text = `Finished ${revision} in ${seconds.toFixed(1)} s`;
    if (terminal && seconds >= LONG_SECONDS) log.info(text);
    else log.debug(text);
  },
  stopping: (_, log) =>
    log.info("Stopping after the current statement, which the server gives up if it can"),
  stopped: ({ kept }, log) => log.warning(`Kept of this run: ${kept}`),
  stamped: ({ from, to }, log) =>
    log.alembic(`Running stamp_revision ${from.join(", ")} -> ${to.join(", ")}`),
};

function tell<K extends EngineEvent["kind"]>(
  event: Extract<EngineEvent, { readonly kind: K }>,
  log: Log,
  terminal: boolean,
): void {
  const format: Formatter<K> = FORMATTERS[event.kind];
  format(event, log, terminal);
}

/** Turns events into log lines; on a terminal they also say how far the run is. */
export function eventLogger(log: Log, { terminal }: { readonly terminal: boolean }): OnEvent {
  return (event) => tell(event, log, terminal);
}
