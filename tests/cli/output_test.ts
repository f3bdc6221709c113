/** Log lines, masks, and what a failure looks like. */
import assert from "node:assert/strict";
import { delay } from "../../lib/timing/delay.ts";
import { closest } from "../../lib/text/closest.ts";
import { eventLogger } from "../../lib/cli/output/events.ts";
import type { Output } from "../../lib/cli/output/host.ts";
import { logTo, plainLine } from "../../lib/cli/output/log.ts";
import { fileLine, formatTime, jsonLine } from "../../lib/cli/output/log_formats.ts";
import { maskUrls } from "../../lib/cli/output/mask.ts";
import { type Activity, progressLine, showProgress } from "../../lib/cli/output/progress.ts";
import { report } from "../../lib/cli/output/report.ts";
import type { EngineEvent } from "../../lib/engine/events.ts";
import { OperatorError, RefusedError } from "../../lib/errors.ts";

/** A stream that keeps what it is given. */
function kept(columns: number | null = null): Output & { text: string } {
  return {
    columns,
    text: "",
    write(text) {
      this.text += text;
    },
  };
}

function logLines(say: (log: ReturnType<typeof logTo>) => void, debug = false): string {
  const lines: string[] = [];
  say(logTo([(record) => lines.push(plainLine(record))], { debug }));
  return lines.join("");
}

const DATE = new Date(2026, 6, 5, 14, 3, 9, 42);

Deno.test("passwords of URLs are masked, whatever is in them", () => {
  const masks = {
    "postgresql://u:p@h/d": "postgresql://u:***@h/d",
    "at 'mysql+pymysql://u:p@ss:w/rd@h/d' now": "at 'mysql+pymysql://u:***@h/d' now",
    "mysql://:p@h": "mysql://:***@h",
    "mysql://u@h:3306/d": "mysql://u@h:3306/d",
    "sqlite:///x.sqlite": "sqlite:///x.sqlite",
  };
  for (const [text, masked] of Object.entries(masks)) assert.equal(maskUrls(text), masked);
});

Deno.test("a log masks, and says debug messages only when asked", () => {
  const said = (debug: boolean) =>
    logLines((log) => {
      log.debug("mysql://u:secret@h");
      log.warning("mysql://u:secret@h");
    }, debug);
  assert.equal(said(false), "WARNING [mistral-db-manage] mysql://u:***@h\n");
  assert.equal(said(true), "DEBUG [mistral-db-manage] mysql://u:***@h\n" + said(false));
});

Deno.test("times are formatted as strftime does", () => {
  assert.equal(formatTime(DATE, "%Y-%m-%d %H:%M:%S"), "2026-07-05 14:03:09");
  assert.equal(
    formatTime(DATE, "%a %A %b %B %e %I %p %j %y"),
    "Sun Sunday Jul July  5 02 PM 186 26",
  );
  assert.equal(formatTime(DATE, "%F %T.%f 100%% %Q"), "2026-07-05 14:03:09.042000 100% %Q");
});

Deno.test("log files and JSON have the form of oslo.log", () => {
  const record = {
    level: "INFO",
    logger: "alembic.runtime.migration",
    message: 'say "x"',
    time: DATE,
  } as const;
  assert.equal(
    fileLine(record, "%Y-%m-%d %H:%M:%S"),
    `2026-07-05 14:03:09.042 ${Deno.pid} INFO alembic.runtime.migration [-] say "x"\n`,
  );
  assert.deepEqual(JSON.parse(jsonLine(record, "%H")), {
    message: 'say "x"',
    asctime: "14",
    msecs: 42,
    name: "alembic.runtime.migration",
    levelname: "INFO",
    process: Deno.pid,
  });
});

Deno.test("a refusal is told on both streams, and wrapped on a terminal", () => {
  const error = new RefusedError({ failed: "Relative revision +99 didn't produce 99 migrations" });
  const told = (columns: number | null) => {
    const stdout = kept(columns);
    const stderr = logLines((log) =>
      assert.equal(report(error, { host: { stdout }, log, json: false }), 255)
    );
    assert.equal(stderr, `ERROR [alembic.util.messaging] ${error.message}\n`);
    return stdout.text;
  };
  assert.equal(told(null), `FAILED: ${error.message}\n`);
  assert.equal(told(30), "  FAILED: Relative revision +99\n  didn't produce 99 migrations\n");
});

Deno.test("a fault of the program is a sentence; its stack shows with --debug only", () => {
  const fault = new TypeError("x is not a function at mysql://u:secret@h");
  const told = (debug: boolean) =>
    logLines((log) => {
      assert.equal(report(fault, { host: { stdout: kept() }, log, json: false }), 1);
    }, debug);
  assert.match(
    told(false),
    /^Cannot continue: this program has a bug \(TypeError: x .*--debug.*\n$/,
  );
  assert.match(told(true), /\n.*TypeError: x is not a function[^]*output_test\.ts/);
  assert.ok(!told(true).includes("secret"));
});

Deno.test("an error with a cause shows its sentence alone", () => {
  const error = new OperatorError({ failed: "Cannot do it", cause: new Error("driver") });
  const said = logLines((log) => report(error, { host: { stdout: kept() }, log, json: false }));
  assert.equal(said, "Cannot do it\n");
});

const EVENTS: readonly EngineEvent[] = [
  { kind: "waiting", holder: "server process 7", timeoutSeconds: 5 },
  { kind: "running", from: [], to: "001", message: "Kilo release", position: 1, total: 50 },
  { kind: "statement", revision: "001", text: "CREATE TABLE t", words: "t: create" },
  { kind: "resuming", revision: "013", done: 2, of: 11 },
  { kind: "warning", revision: "020", message: "3 rows" },
  { kind: "applied", revision: "001", seconds: 0.2 },
  { kind: "applied", revision: "013", seconds: 61.25 },
  { kind: "stamped", from: ["003"], to: [] },
];

Deno.test("events are log lines; progress shows on a terminal only", () => {
  const said = (terminal: boolean) =>
    logLines((log) => EVENTS.forEach(eventLogger(log, { terminal })));
  const alembic = "INFO  [alembic.runtime.migration]";
  assert.equal(
    said(false),
    "INFO  [mistral-db-manage] Waiting up to 5 s for another run to end: " +
      "server process 7 holds the lock\n" +
      `${alembic} Running upgrade  -> 001, Kilo release\n` +
      "INFO  [mistral-db-manage] Going on with 013: an earlier run has made 2 of its 11 steps\n" +
      "WARNING [mistral-db-manage] 020: 3 rows\n" +
      `${alembic} Running stamp_revision 003 -> \n`,
  );
  assert.match(said(true), /\[1\/50\] Running upgrade {2}-> 001, Kilo release\n/);
  assert.match(said(true), /Finished 013 in 61\.[23] s\n/);
});

Deno.test("the closest word is one that may have been meant", () => {
  assert.equal(closest("upgarde", ["current", "upgrade"]), "upgrade");
  assert.equal(closest("foo", ["current", "upgrade"]), undefined);
});

const ACTIVITY: Activity = {
  migration: "[20/26] 020",
  words: "task_executions_v2: set type to WORKFLOW where the spec names a workflow",
  phase: null,
  seconds: 4,
  done: 90_000,
  total: 200_000,
  unit: "rows",
};

Deno.test("a line of progress says what matters most in the room that there is", () => {
  assert.equal(
    progressLine(ACTIVITY, 120),
    "[20/26] 020, 45 %, 4.9 s left, 90,000 of 200,000 rows, 22,500/s, task_executions_v2: set type to WORKFLOW where the spe…",
  );
  assert.equal(
    progressLine(ACTIVITY, 80),
    "[20/26] 020, 45 %, 4.9 s left, 90,000 of 200,000 rows, 22,500/s, task_execution…",
  );
  assert.equal(progressLine(ACTIVITY, 40), "[20/26] 020, 45 %, 4.9 s left, 22,500/s");
  const unknown = { ...ACTIVITY, done: null, total: null };
  assert.equal(progressLine(unknown, 40), "[20/26] 020, 4 s, task_executions_v2: s…");
  const early = { ...ACTIVITY, seconds: 0.5, total: null };
  assert.equal(
    progressLine(early, 60),
    "[20/26] 020, 0.5 s, 90,000 rows, task_executions_v2: set ty…",
  );
  const stage = {
    ...ACTIVITY,
    phase: "copy to tmp table",
    done: 150,
    total: 200,
    unit: "parts" as const,
  };
  assert.equal(progressLine(stage, 60), "[20/26] 020, 75 %, 1.4 s left, copy to tmp table");
  // The number of rows is an estimate of the server's.
  assert.match(progressLine({ ...ACTIVITY, done: 210_000 }, 40), /100 %, 0 s left/);
});

Deno.test("on a terminal, a long statement has a line that disappears", async () => {
  const stderr = kept(60);
  const log = logTo([], { debug: false });
  {
    using progress = showProgress({ stderr }, log);
    const place = { from: ["019"], to: "020", message: "types", position: 1, total: 26 };
    progress.onEvent({ kind: "running", ...place });
    progress.onEvent({ kind: "statement", revision: "020", text: "UPDATE t", words: "t: set a" });
    await delay(1500);
    assert.match(stderr.text, /\[1\/26\] 020, 1(\.\d)? s, t: set a/);
    const drawn = stderr.text.length;
    const rows = { unit: "rows", phase: null, done: 1, total: 4 } as const;
    progress.onEvent({ kind: "progress", revision: "020", ...rows });
    await delay(600);
    assert.match(stderr.text.slice(drawn), /\[1\/26\] 020, 25 %, .* left, 1 of 4 rows/);
  }
  // The cursor goes to the first column, and the line is cleared.
  assert.ok(stderr.text.endsWith("\x1b[1G\x1b[2K"));
});
