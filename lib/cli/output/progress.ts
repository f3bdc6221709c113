/**
 * How far a run is: on a terminal one line that is drawn in place and disappears, elsewhere a line of
 * the log every ten seconds. What takes less than a second is not worth a line.
 *
 * @module
 */
import type { SingleBar } from "cli-progress";
import type { EngineEvent, OnEvent } from "../../engine/events.ts";
import type { Host, Output } from "./host.ts";
import type { Log } from "./log.ts";
import { counted, lasting } from "../../text/amounts.ts";
import { inOneLine } from "../../text/printable.ts";

/** Milliseconds before the first line on a terminal, and between two drawings. */
const FIRST_DRAWING = 1000;
const BETWEEN_DRAWINGS = 250;

/** Milliseconds between two lines of the log. */
const BETWEEN_LINES = 10_000;

/** What is being done. */
export interface Activity {
  /** The migration and its place in the run: `[20/26] 020`. */
  readonly migration: string;
  /** What the statement does. */
  readonly words: string;
  /** What the server says that it is at. */
  readonly phase: string | null;
  /** How long the statement has been running. */
  readonly seconds: number;
  /** How much of it is done, in `unit`; null where nobody knows. */
  readonly done: number | null;
  readonly total: number | null;
  readonly unit: "rows" | "parts";
}

/** What is said of it, with the most important first; a total is an estimate, and may be exceeded. */
function parts({ migration, words, phase, seconds, done, total, unit }: Activity): string[] {
  const share = done !== null && total ? Math.min(done / total, 1) : null;
  const rows = unit === "rows" && done !== null ? done : null;
  return [
    inOneLine(migration),
    ...(share === null ? [lasting(seconds)] : [`${Math.floor(share * 100)} %`]),
    ...(share && seconds >= 1 ? [`${lasting(seconds / share - seconds)} left`] : []),
    ...(rows === null
      ? []
      : [total ? `${counted(rows)} of ${counted(total)} rows` : `${counted(rows)} rows`]),
    ...(rows !== null && seconds >= 1 ? [`${counted(rows / seconds)}/s`] : []),
    inOneLine(phase ?? words),
  ];
}

/** The activity in one line of at most so many characters; what matters least is left out or cut. */
export function progressLine(activity: Activity, width: number): string {
  let line = "";
  for (const part of parts(activity)) {
    const longer = line === "" ? part : `${line}, ${part}`;
    const room = width - line.length - 2;
    if (longer.length <= width) line = longer;
    // The last part is words, of which the beginning says most.
    else if (part === inOneLine(activity.phase ?? activity.words) && room > 10) {
      return `${line}, ${part.slice(0, room - 1)}…`;
    }
  }
  return line.slice(0, width);
}

/** Shows one activity after another. */
interface Display {
  /** Begins; the function tells what to show at any time. */
  show(line: (width: number) => string): void;
  hide(): void;
}

/** The terminal as the library wants it: a stream of Node. */
const streamOf = (output: Output) => ({
  isTTY: true,
  get columns() {
    return output.columns ?? 80;
  },
  write: (text: string) => output.write(text),
});

/** One line, drawn again and again in the same place. */
function onTerminal(output: Output): Display {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let bar: SingleBar | null = null;
  async function draw(line: (width: number) => string, isWanted: () => boolean): Promise<void> {
    const { default: { SingleBar } } = await import("cli-progress");
    if (!isWanted()) return;
    bar = new SingleBar({
      stream: streamOf(output) as unknown as NodeJS.WritableStream,
      format: () => line(Math.max((output.columns ?? 80) - 1, 20)),
      fps: 1000 / BETWEEN_DRAWINGS,
      clearOnComplete: true,
      forceRedraw: true,
      // A process that is killed leaves the terminal as it was.
      hideCursor: false,
      linewrap: true,
      gracefulExit: false,
    });
    bar.start(1, 0);
  }
  return {
    show(line) {
      // A line that cannot be drawn, since the program's files have been replaced, must not end a run.
      const start = () => draw(line, () => timer === mine).catch(() => {});
      const mine = setTimeout(start, FIRST_DRAWING);
      timer = mine;
    },
    hide() {
      clearTimeout(timer);
      timer = undefined;
      bar?.stop();
      bar = null;
    },
  };
}

/** A line of the log now and then. */
function inLog(log: Log): Display {
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    show(line) {
      timer = setInterval(() => log.info(line(200)), BETWEEN_LINES);
    },
    hide: () => clearInterval(timer),
  };
}

/** Follows the events of a run. */
export interface ProgressDisplay extends Disposable {
  readonly onEvent: OnEvent;
}

/** Begins to follow a run; disposing removes what is shown. */
export function showProgress({ stderr }: Pick<Host, "stderr">, log: Log): ProgressDisplay {
  const display = stderr.columns === null ? inLog(log) : onTerminal(stderr);
  let migration = "";
  let began = 0;
  let activity: Omit<Activity, "migration" | "seconds"> | null = null;
  const line = (width: number): string => {
    const seconds = (performance.now() - began) / 1000;
    return activity ? progressLine({ ...activity, migration, seconds }, width) : "";
  };
  const tell = (event: EngineEvent): void => {
    switch (event.kind) {
      case "running":
      case "creating":
        migration = `[${event.position}/${event.total}] ${event.to}`;
        break;
      case "downgrading":
        migration = `[${event.position}/${event.total}] ${event.from}`;
        break;
      case "statement":
        began = performance.now();
        activity = { words: event.words, phase: null, done: null, total: null, unit: "parts" };
        display.show(line);
        break;
      case "progress": {
        const { phase, done, total, unit } = event;
        if (activity) activity = { ...activity, phase, done, total, unit };
        break;
      }
      case "executed":
        display.hide();
    }
  };
  return { onEvent: tell, [Symbol.dispose]: () => display.hide() };
}
