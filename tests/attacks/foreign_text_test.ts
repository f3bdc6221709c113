/** Text of others, from a database, a server or a file, which a terminal, a log or a browser would obey. */
import assert from "node:assert/strict";
import type { Command } from "../../lib/cli/command.ts";
import { run } from "../../lib/cli/mod.ts";
import type { Output } from "../../lib/cli/output/host.ts";
import { logTo, plainLine } from "../../lib/cli/output/log.ts";
import { fileLine, jsonLine } from "../../lib/cli/output/log_formats.ts";
import { progressLine } from "../../lib/cli/output/progress.ts";
import { report } from "../../lib/cli/output/report.ts";
import { stylerOf } from "../../lib/cli/output/style.ts";
import { COMMANDS } from "../../lib/commands/table.ts";
import { statementFailure } from "../../lib/servers/connecting/failures.ts";
import { dot } from "../../lib/pictures/dot.ts";
import { mermaid } from "../../lib/pictures/mermaid.ts";
import type { ShownTable } from "../../lib/pictures/model.ts";
import { page } from "../../lib/pictures/page.ts";
import { svg } from "../../lib/pictures/svg.ts";
import { jsonText } from "../../lib/text/printable.ts";
import { sqlComment } from "../../lib/sql/comment.ts";
import { databaseTest } from "../tools/databases.ts";
import { runHere } from "../tools/in_process.ts";
import { place } from "../tools/program.ts";

/** A character of each kind: C0, DEL, C1, ends of lines, directions, invisible ones, tags. */
const NASTY = "\0\x07\b\t\v\x1b\r\x7f\x85\x9b\xad\u061c\u180e\u200b\u200e\u2028\u2029\u202e\u2060" +
  "\u2066\ufeff\ufff9\u{e0041}";

const OBEYED =
  // deno-lint-ignore no-control-regex -- these must not be there
  /[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/u;

function kept(columns: number | null): Output & { text: string } {
  return {
    columns,
    text: "",
    write(text) {
      this.text += text;
    },
  };
}

/** What a command prints that has such a result. */
async function printed(
  lines: (style: ReturnType<typeof stylerOf>) => readonly string[],
  { words = [], columns = null, isVerbatim = false }: {
    readonly words?: readonly string[];
    readonly columns?: number | null;
    readonly isVerbatim?: boolean;
  } = {},
): Promise<string> {
  const stdout = kept(columns);
  const environment = new Map<string, string>();
  const host = { stdout, stderr: kept(null), environment, home: null };
  const heads = COMMANDS.find(({ name }) => name === "heads")!;
  const result = { lines: lines(stylerOf(host)), json: { [`a${NASTY}`]: NASTY }, isVerbatim };
  const command: Command = { ...heads, run: () => Promise.resolve(result) };
  assert.equal(await run([...words, "heads"], host, [command]), 0);
  return stdout.text;
}

Deno.test("a result shows what a terminal would obey, and has one line where it means one", async () => {
  const text = await printed(() => [`x${NASTY}\ny`]);
  assert.doesNotMatch(text, OBEYED);
  assert.match(text, /^x\\x00\\x07.*\\u\{e0041\}\\ny\n$/);
});

Deno.test("on a terminal only the program's own styles are obeyed", async () => {
  const text = await printed((style) => [`${style("red", "a\x1b[31mb")}\x1b[2J`], { columns: 80 });
  assert.equal(text, "\x1b[31ma\\x1b[31mb\x1b[39m\\x1b[2J\n");
});

Deno.test("a script keeps every byte", async () => {
  assert.equal(await printed(() => [`'${NASTY}'`], { isVerbatim: true }), `'${NASTY}'\n`);
});

Deno.test("JSON has escape sequences for the same characters, and the same value", async () => {
  const text = await printed(() => [], { words: ["--json"] });
  assert.doesNotMatch(text, OBEYED);
  assert.deepEqual(JSON.parse(text), { [`a${NASTY}`]: NASTY });
  assert.equal(jsonText("\u{e0041}"), '"\\udb40\\udc41"');
});

const FORGED =
  "x\n2026-01-01 00:00:00.000 1 INFO forged [-] Running upgrade 044 -> 045\n\nINFO  [a] b";

Deno.test("no text begins a line of the log", () => {
  const lines: string[] = [];
  const sinks = [
    plainLine,
    (record: Parameters<typeof plainLine>[0]) => fileLine(record, "%H%n%t\x1b"),
    (record: Parameters<typeof plainLine>[0]) => jsonLine(record, "%H%n\x9b"),
  ].map((form) => (record: Parameters<typeof plainLine>[0]) => void lines.push(form(record)));
  const log = logTo(sinks, { debug: true });
  for (const level of ["debug", "info", "warning", "error"] as const) log[level](FORGED + NASTY);
  for (const text of lines) {
    assert.doesNotMatch(text, OBEYED);
    const [, ...more] = text.trimEnd().split("\n");
    for (const line of more) assert.match(line, /^( {2}|$)/);
  }
  assert.equal(lines.filter((text) => text.startsWith("{")).length, 4);
});

Deno.test("a server's words stay in one line, in errors too", () => {
  const failure = statementFailure({ message: FORGED + NASTY, code: "1" }, []);
  assert.doesNotMatch(failure.message, /\n/);
  const stdout = kept(null);
  const log = logTo([], { debug: false });
  report(failure, { host: { stdout }, log, json: true });
  assert.doesNotMatch(stdout.text, OBEYED);
});

Deno.test("progress is shown in one line", () => {
  const activity = {
    ...{ migration: `1${NASTY}\n`, words: `w${NASTY}\n`, phase: null, seconds: 1, done: null },
    ...{ total: null, unit: "rows" as const },
  };
  const line = progressLine(activity, 500);
  assert.doesNotMatch(line, OBEYED);
  assert.doesNotMatch(line, /\n/);
});

Deno.test("nothing ends the comment of a script", () => {
  const text = sqlComment(`a${NASTY}\nDROP TABLE t;`);
  assert.doesNotMatch(text, OBEYED);
  for (const line of text.split("\n")) assert.match(line, /^-- /);
});

databaseTest("what a database holds is shown, not obeyed", async (_t, database) => {
  await using connection = await database.connect();
  const nasty = `x${NASTY.slice(1, 20)}`;
  for (
    const text of [
      "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)",
      "CREATE TABLE workbooks_v2 (a INTEGER)",
    ]
  ) await connection.execute({ parts: [text], values: [] });
  const insert = ["INSERT INTO alembic_version VALUES (", ")"];
  await connection.execute({ parts: insert, values: [nasty] });
  for (const command of ["current", "doctor", "verify", "plan", "upgrade", "history -i"]) {
    for (const json of [[], ["--json"]]) {
      const words = [...json, "--connection", database.url, ...command.split(" ")];
      const { stdout, stderr } = await runHere(words);
      assert.doesNotMatch(stdout + stderr, OBEYED, words.join(" "));
    }
  }
}, { dialects: ["sqlite"] });

Deno.test("a site's revision is shown, not obeyed", async () => {
  await using at = await place();
  const [id, message] = ["s1", `m${NASTY}\nDROP TABLE workbooks_v2;`].map((text) =>
    JSON.stringify(text)
  );
  await Deno.writeTextFile(
    `${at.directory}/s1.js`,
    `console.log("not a result"); console.trace("not a trace");
export default { id: ${id}, down: "045", message: ${message}, created: "2026-01-01T00:00:00Z", upgrade: [] };`,
    { mode: 0o644 },
  );
  for (const line of ["heads", "history", "show s1", "plan 045:s1", "upgrade 045:s1 --sql"]) {
    const { stdout, stderr } = await at.run(
      `mistral-db-manage --quiet --connection sqlite:// --versions-path . ${line}`,
    );
    assert.doesNotMatch(stdout + stderr, OBEYED);
    assert.doesNotMatch(stdout + stderr, /not a (result|trace)/);
    // A script is executed; elsewhere the lines of a message are only read.
    if (line.endsWith("--sql")) assert.doesNotMatch(stdout, /^DROP TABLE workbooks/m);
  }
});

Deno.test("a fault that nobody waits for is a sentence", async () => {
  await using at = await place();
  await Deno.writeTextFile(
    `${at.directory}/s1.js`,
    `setTimeout(() => { throw Object.assign(new Error("write CONNECTION_DESTROYED"), { code: "CONNECTION_DESTROYED" }); });
export default { id: "s1", down: "045", message: "m", created: "2026-01-01T00:00:00Z", upgrade: [] };
await new Promise(() => setTimeout(() => {}, 60_000));`,
    { mode: 0o644 },
  );
  const { exit, stderr } = await at.run("mistral-db-manage --versions-path . heads");
  assert.match(stderr, /^Cannot continue: the session with the server broke off .*\n$/);
  assert.equal(exit, 1);
});

/** Names that would leave their place in some language. */
const NAMES = [
  'x" HREF="javascript:alert(2)',
  "<img src=x onerror=alert(1)>",
  `'"\\`,
  "a\\",
  "-->",
  "</script>",
  "]]>",
  "&amp;",
  "a}\n  b { int c",
  "x\x1b\u202e",
];

const TABLES: readonly ShownTable[] = NAMES.map((name) => ({
  name,
  columns: NAMES.map((column) => ({
    ...{ name: column, type: column, nullable: true, default: column, primaryKey: true },
    refers: { table: name, column },
  })),
  uniques: [[name]],
  indexes: [[name]],
}));

Deno.test("names stay names in the pictures of a schema", async () => {
  const drawn = await svg(TABLES);
  assert.doesNotMatch(drawn, /xlink:href|<img|<script|<a /);
  // What is left is well formed: every tag is one of Graphviz.
  for (const [, tag] of drawn.matchAll(/<\/?([^\s>]+)/g)) {
    assert.match(tag!, /^(svg|g|title|polygon|text|path|!--|ellipse|polyline)$/);
  }
  assert.doesNotMatch(dot(TABLES), /HREF="/);
  const revisions = NAMES.map((revision) => ({
    revision,
    message: revision,
    releases: [],
    tables: TABLES,
  }));
  for (const start of NAMES) {
    const text = page(revisions, start, "");
    assert.equal(text.match(/<\/script>/g)!.length, 1);
    assert.doesNotMatch(text, /<img/);
  }
  for (const line of mermaid(TABLES).split("\n")) {
    assert.match(
      line,
      /^(erDiagram| {2}}| {2}\w+ {| {4}[\w()]+ \w+ PK, FK| {2}\w+ \|o--o{ \w+ : \w+)$/,
    );
  }
});
