/** What commands print with --json, against the JSON Schemas that promise its form. */
import assert from "node:assert/strict";
import { Ajv, type ValidateFunction } from "ajv";
import { COMMANDS } from "../../lib/commands/table.ts";
import { raw } from "../../lib/sql/statement.ts";
import { databaseTest, type TestDatabase } from "../tools/databases.ts";
import { runHere } from "../tools/in_process.ts";
import { upgradeTo } from "../tools/migrations.ts";

const ROOT = new URL("../../schemas/", import.meta.url);

const ajv = new Ajv({ strict: true, allErrors: true });
const schemas = new Map<string, ValidateFunction>();
for await (const { name } of Deno.readDir(ROOT)) {
  const schema = JSON.parse(await Deno.readTextFile(new URL(name, ROOT)));
  schemas.set(name.replace(/\.json$/, ""), ajv.compile(schema));
}

/** What is on standard output. */
async function outputOf(words: readonly string[], versions: string): Promise<string> {
  return (await runHere(["--versions-path", versions, "--json", "--quiet", ...words])).stdout;
}

/** Command lines, in this order on one database, and the schema of what each prints. */
const LINES: readonly (readonly [schema: string, line: string])[] = [
  ["current", "current"],
  ["plan", "plan"],
  ["plan", "plan head"],
  ["upgrade", "upgrade 019"],
  ["plan", "upgrade head --dry-run"],
  ["plan", "plan --dialect mysql 019:020"],
  ["script", "upgrade 019:020 --sql"],
  ["script", "stamp 019 --sql"],
  ["doctor", "doctor"],
  ["verify", "verify"],
  ["adopt", "adopt"],
  ["wait", "wait --for 018"],
  ["failure", "check"],
  ["failure", "upgrade zedd"],
  ["failure", "upgrade"],
  ["failure", "upgrade --no-such-option"],
  ["failure", "downgrade 018"],
  ["failure", "wait --for head --timeout 0"],
  ["upgrade", "upgrade head --report {REPORT}"],
  ["check", "check"],
  ["current", "current --verbose"],
  ["history", "history"],
  ["history", "history --indicate-current"],
  ["history-applied", "history --applied"],
  ["branches", "branches"],
  ["branches", "check_migration"],
  ["heads", "heads"],
  ["show", "show zed"],
  ["seeds", "seeds"],
  ["schema", "schema zed"],
  ["schema", "schema diff zed 2026.1"],
  ["populate", "populate --dry-run"],
  ["populate", "populate"],
  ["populate", "populate_actions"],
  ["revision", "revision -m one"],
  ["upgrade", "upgrade head"],
  ["downgrade", "downgrade -1"],
  ["revision", "revision -m two --head 045 --splice"],
  ["branches", "branches"],
  ["revision", "merge heads"],
  ["upgrade", "upgrade head"],
  ["history-applied", "history --applied"],
  ["stamp", "stamp head"],
  ["self-test", "self-test"],
];

function assertValid(schema: string, text: string, line: string): void {
  const validate = schemas.get(schema)!;
  assert.ok(
    validate(JSON.parse(text)),
    `${line}: ${JSON.stringify(validate.errors, null, 2)}\n${text}`,
  );
}

async function begun(database: TestDatabase): Promise<string> {
  const directory = await Deno.makeTempDir({ prefix: "mistral-db-test-" });
  await Deno.writeTextFile(
    `${directory}/mistral.conf`,
    `[database]\nconnection = ${database.url}\n[mistral_db_manage]\nrecord = true\n`,
  );
  await Deno.mkdir(`${directory}/versions`);
  return directory;
}

/** Gives a new migration a way back. */
async function makeRevertible(path: string): Promise<void> {
  const source = await Deno.readTextFile(path);
  await Deno.writeTextFile(path, source.replace("  upgrade: ", "  downgrade: [],\n  upgrade: "));
}

databaseTest("every command prints what its schema promises", async (_t, database) => {
  const directory = await begun(database);
  try {
    for (const [schema, line] of LINES) {
      const words = line.replace("{REPORT}", `${directory}/report`).split(" ");
      const text = await outputOf(
        ["--config-file", `${directory}/mistral.conf`, ...words],
        `${directory}/versions`,
      );
      assertValid(schema, text, line);
      if (line === "revision -m one") await makeRevertible(JSON.parse(text).path);
    }
    assertValid("upgrade-report", await Deno.readTextFile(`${directory}/report`), "the report");
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

databaseTest("a failure tells what was done and what to do", async (_t, database) => {
  const directory = await begun(database);
  try {
    await using connection = await database.connect();
    await upgradeTo(connection, "003");
    await connection.execute(raw("CREATE VIEW named_locks AS SELECT 1 AS one"));
    const words = ["--config-file", `${directory}/mistral.conf`, "upgrade", "head"];
    const text = await outputOf(words, `${directory}/versions`);
    assertValid("failure", text, "upgrade head");
    const { error, done, remedy } = JSON.parse(text);
    assert.match(error, /^Cannot apply .*named_locks/s);
    assert.match(done ?? "", /^004 to \d+/);
    assert.match(remedy, /run the same command again/);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("every command has a schema, and every schema a command", () => {
  const named = new Set(LINES.map(([, line]) => line.split(" ")[0]));
  for (const { name } of COMMANDS) assert.ok(named.has(name), name);
  const used = new Set(LINES.map(([schema]) => schema)).add("upgrade-report");
  assert.deepEqual([...schemas.keys()].toSorted(), [...used].toSorted());
});
