/** Pictures of schemas: what they show is what the history makes, and a browser shows it. */
import assert from "node:assert/strict";
import { dialects } from "../tools/dialects.ts";
import { dot } from "../../lib/pictures/dot.ts";
import { changedTables, differencesInWords } from "../../lib/pictures/differences.ts";
import { mermaid } from "../../lib/pictures/mermaid.ts";
import { shownRevisions, shownTables } from "../../lib/pictures/model.ts";
import { page } from "../../lib/pictures/page.ts";
import { svg } from "../../lib/pictures/svg.ts";
import { fold, historyOf } from "../../lib/plan/fold.ts";
import { migrations } from "../../migrations/mod.ts";
import { raw } from "../../lib/sql/statement.ts";
import { runScript, scriptTest } from "../tools/clients.ts";
import { isRenewing } from "../tools/fixtures.ts";
import { runHere } from "../tools/in_process.ts";
import { installed, isSkipped } from "../tools/needs.ts";
import { foldedSchema, graph, head, liveSchema } from "../tools/migrations.ts";

const server = dialects.mysql;
const ids = migrations.map(({ id }) => id);
const schemaAt = (revision: string) => fold(historyOf(graph, [revision]), server.rules);
const tablesAt = (revision: string) => shownTables(schemaAt(revision));

Deno.test("the picture has every table, column and key of every tenth revision", async () => {
  for (const revision of ids.filter((_, index) => index % 10 === 4)) {
    const tables = tablesAt(revision);
    const drawn = await svg(tables);
    assert.match(drawn, /^<svg [^]*<\/svg>$/);
    assert.doesNotMatch(drawn, /https?:\/\/(?!www\.w3\.org)/);
    for (const { name, columns } of tables) {
      assert.ok(drawn.includes(`<title>${name}</title>`), name);
      for (const column of columns) {
        assert.ok(drawn.includes(`>${column.name}</text>`), column.name);
      }
    }
    const keys = tables.flatMap(({ columns }) => columns.filter(({ refers }) => refers !== null));
    assert.equal(drawn.match(/class="edge"/g)?.length ?? 0, keys.length);
    assert.equal(dot(tables).match(/ -> /g)?.length ?? 0, keys.length);
    assert.equal(mermaid(tables).match(/--o\{/g)?.length ?? 0, keys.length);
  }
});

Deno.test("docs/schema.svg is the picture of the newest revision", async () => {
  const file = new URL("../../docs/schema.svg", import.meta.url);
  const drawn = `${await svg(tablesAt(head))}\n`;
  if (isRenewing) await Deno.writeTextFile(file, drawn);
  assert.equal(await Deno.readTextFile(file), drawn, "run deno task fixtures");
});

Deno.test("what changed between any two neighbours is what the migration says", () => {
  const described = ids.slice(1).map((id, index) => {
    const from = ids[index]!;
    const words = differencesInWords(schemaAt(from), schemaAt(id), server);
    const { tables, marks } = changedTables(tablesAt(from), tablesAt(id));
    // What only an index or a constraint changes is a changed table without a mark.
    assert.ok(marks.size === 0 || tables.length > 0);
    assert.equal(
      words.length > 0,
      tables.length > 0 || words.some((one) => /foreign key/.test(one)),
      id,
    );
    return [id, words] as const;
  });
  const words = new Map(described);
  assert.deepEqual(words.get("020"), ["task_executions_v2: add column type"]);
  assert.deepEqual(words.get("042"), ["mistral_metrics: create the table"]);
  assert.deepEqual(differencesInWords(schemaAt(head), schemaAt(head), server), []);
});

scriptTest("the SQL of a schema makes it", async (_t, database) => {
  const { stdout } = await runHere(["schema", "zed", "--dialect", database.dialect]);
  assert.deepEqual((await runScript(database, stdout)).code, 0);
  await using connection = await database.connect();
  assert.deepEqual(await liveSchema(connection), foldedSchema(connection, "041"));
  const [row] = await connection.query(raw("SELECT version_num FROM alembic_version"));
  assert.equal(row!.version_num, "041");
});

Deno.test("--format json is what --json prints, whose form is promised", async () => {
  for (const words of [["schema", "zed"], ["schema", "diff", "zed", "2023.2"]]) {
    const [named, asked] = await Promise.all([
      runHere([...words, "--format", "json"]),
      runHere([...words, "--json"]),
    ]);
    assert.equal(named.stdout, asked.stdout);
    assert.ok("revision" in JSON.parse(named.stdout));
  }
});

const ignore = await isSkipped("the page in a browser", installed(["chromium"], ["chromium"]));

/** What the page has become in a browser after a script has used it. */
async function used(html: string, script: string): Promise<string> {
  const directory = await Deno.makeTempDir({ prefix: "mistral-db-test-" });
  try {
    const path = `${directory}/page.html`;
    const play =
      `<script>window.onerror = (message) => document.title = "ERROR " + message;</script>`;
    await Deno.writeTextFile(
      path,
      html.replace("<body>", `<body>${play}`)
        .replace("</body>", `<script>${script}</script></body>`),
    );
    const { stdout } = await new Deno.Command("chromium", {
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--dump-dom",
        `--user-data-dir=${directory}/p`,
        `file://${path}`,
      ],
    }).output();
    return new TextDecoder().decode(stdout);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

/** Moves the slider, types, and clicks. */
const play = (revision: string, more = "") => `
const at = DATA.revisions.findIndex((one) => one.revision === "${revision}");
$("revision").value = at; $("revision").dispatchEvent(new Event("input")); ${more}`;

Deno.test("the page shows any revision, finds names, and stands alone", {
  ignore,
}, async () => {
  const html = page(
    shownRevisions(historyOf(graph, [head]), server),
    head,
    await svg(tablesAt(head)),
  );
  assert.doesNotMatch(html, /(src|href)="?https?:/);
  const cards = (dom: string) =>
    [...dom.matchAll(/<section [^>]*id="([^"]+)"/g)].map(([, name]) => name!);
  const shown = await used(html, play("020"));
  assert.doesNotMatch(shown, /<title>ERROR/);
  assert.deepEqual(cards(shown), tablesAt("020").map(({ name }) => name));
  assert.match(shown, /<tr class="added" id="task_executions_v2.type">/);
  assert.equal(shown.match(/<tr class="added"/g)!.length, 1);
  const changes = await used(html, play("020", `$("changed").click();`));
  assert.deepEqual(cards(changes), ["task_executions_v2"]);
  const found = await used(
    html,
    play(head, `$("search").value = "heartbeat"; $("search").dispatchEvent(new Event("input"));`),
  );
  assert.deepEqual(cards(found), ["action_executions_v2"]);
  const removed = await used(html, play("013", `$("theme").click();`));
  assert.match(removed, /data-theme="dark"/);
  assert.match(removed, /<section class="added" id="task_executions_v2"/);
  const linked = await used(
    html,
    play(head, `document.title = document.querySelector("#action_executions_v2 a").hash;`),
  );
  assert.match(linked, /<title>#task_executions_v2/);
});
