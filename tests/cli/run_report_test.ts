/** Reports of runs that cannot be written: known before the run where that can be, and told apart from it. */
import assert from "node:assert/strict";
import { reported } from "../../lib/commands/shared/run_report.ts";
import type { Context } from "../../lib/cli/context.ts";
import type { ChosenDatabase } from "../../lib/config/database.ts";
import { runHere } from "../tools/in_process.ts";

async function inDirectory(act: (directory: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir({ prefix: "mistral-db-test-" });
  try {
    await act(directory);
  } finally {
    await Deno.remove(directory, { recursive: true }).catch(() => {});
  }
}

const PLACES: readonly (readonly [string, (directory: string) => string, RegExp])[] = [
  ["its directory does not exist", (directory) => `${directory}/none/r.json`, /does not exist/],
  ["it is a directory", (directory) => directory, /it is a directory/],
];

for (const [why, path, words] of PLACES) {
  Deno.test(`a report is refused before the run where ${why}`, () =>
    inDirectory(async (directory) => {
      const url = `sqlite:///${directory}/db.sqlite`;
      const file = path(directory);
      const { exit, stderr } = await runHere(
        ["--connection", url, "upgrade", "head", "--report", file],
      );
      assert.equal(exit, 1);
      assert.match(stderr, words);
      assert.doesNotMatch(stderr, /Running upgrade/);
      assert.equal((await runHere(["--connection", url, "current"])).stdout, "");
    }));
}

Deno.test("a report that gets lost after the run does not make the run a failure", () =>
  inDirectory(async (directory) => {
    const database = { settings: { server: "sqlite", path: ":memory:" } } as ChosenDatabase;
    const result = reported({} as Context, database, `${directory}/r.json`, async () => {
      await Deno.remove(directory, { recursive: true });
    });
    await assert.rejects(result, {
      message:
        `Cannot write ${directory}/r.json: its directory does not exist; only the report is ` +
        'missing: all changes to the database were made, as "current" shows; make room for ' +
        "the report",
      remedy: "make room for the report",
      done: "all changes to the database were made",
    });
  }));

Deno.test({
  name: "a disk that is full after the run does not make the run a failure",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    inDirectory(async (directory) => {
      const url = `sqlite:///${directory}/db.sqlite`;
      const { exit, stderr } = await runHere(
        ["--connection", url, "upgrade", "001", "--report", "/dev/full"],
      );
      assert.equal(exit, 1);
      assert.match(
        stderr,
        /No space left on device; only the report is missing: all changes/,
      );
      assert.equal((await runHere(["--connection", url, "current"])).stdout, "001\n");
    }),
});

Deno.test("a run that fails leaves its report, and nothing beside it", () =>
  inDirectory(async (directory) => {
    const url = `sqlite:///${directory}/db.sqlite`;
    await runHere(["--connection", url, "upgrade", "none", "--report", `${directory}/r.json`]);
    const names = [...Deno.readDirSync(directory)].map(({ name }) => name).toSorted();
    assert.deepEqual(names, ["db.sqlite", "r.json"]);
    assert.match(await Deno.readTextFile(`${directory}/r.json`), /"ok": false/);
  }));
