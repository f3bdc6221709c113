/** What the help promises. */
import assert from "node:assert/strict";
import { GLOBAL_OPTIONS, SECTIONS } from "../../lib/cli/argv/global_options.ts";
import { help } from "../../lib/cli/argv/help.ts";
import { GROUPS } from "../../lib/cli/command.ts";
import { COMMANDS } from "../../lib/commands/table.ts";
import { freshDatabase } from "../tools/databases.ts";
import { runHere } from "../tools/in_process.ts";

const plain = (_: string, text: string) => text;

Deno.test("the help names every command in one line, and all options if all are wanted", () => {
  const lines = help(null, COMMANDS, { columns: 80, style: plain }).split("\n");
  for (const { name, summary, group } of COMMANDS) {
    assert.ok(lines.includes(`  ${name}`.padEnd(24) + summary), name);
    assert.ok(group in GROUPS);
  }
  const all = help(null, COMMANDS, { columns: 80, style: plain, all: true });
  for (const { flags } of GLOBAL_OPTIONS) assert.ok(all.includes(flags[0]!), flags[0]);
  const known = new Set(GLOBAL_OPTIONS.flatMap(({ flags }) => flags));
  for (const flag of Object.values(SECTIONS).flat()) assert.ok(known.has(flag), flag);
});

Deno.test("no line of the help is wider than the terminal, but for examples", () => {
  for (const columns of [40, 80, 120]) {
    for (const command of [null, ...COMMANDS]) {
      const [usage, ...lines] = help(command, COMMANDS, { columns, style: plain, all: true }).split(
        "\n",
      );
      assert.ok(usage!.startsWith("usage: mistral-db-manage"));
      for (const line of lines) {
        const isWord = !/\S\s+\S/.test(line.trim()) ||
          line.startsWith("  ") && !line.startsWith("   ");
        assert.ok(line.length <= columns || isWord, `${columns}: ${line}`);
      }
    }
  }
});

/** Exit codes other than 0 that are results. */
const RESULTS: Readonly<Record<string, readonly number[]>> = {
  plan: [2],
  adopt: [1],
  doctor: [1],
};

Deno.test("every example of the help runs", async (t) => {
  await using database = await freshDatabase("sqlite");
  const directory = database.name.replace(/\/[^/]*$/, "");
  const versions = `${directory}/versions`;
  await Deno.mkdir(versions);
  await Deno.writeTextFile(`${directory}/c.conf`, `[database]\nconnection = ${database.url}\n`);
  const say = (words: readonly string[]) =>
    runHere(["--config-file", `${directory}/c.conf`, ...words]);
  const clear = async () => {
    for await (const { name } of Deno.readDir(versions)) await Deno.remove(`${versions}/${name}`);
  };
  const prepared = async (name: string) => {
    await say(["--versions-path", versions, "upgrade", name === "adopt" ? "zed" : "heads"]);
    if (name !== "downgrade" && name !== "merge") return;
    for (const id of name === "merge" ? ["1a", "1b"] : ["1c"]) {
      const splice = ["--head", "045", "--splice", "--rev-id", id, "-m", id];
      const { stdout } = await say(["--versions-path", versions, "revision", ...splice]);
      const path = /Generating (\S+)/.exec(stdout)![1]!;
      const source = await Deno.readTextFile(path);
      await Deno.writeTextFile(
        path,
        source.replace("  upgrade: ", "  downgrade: [],\n  upgrade: "),
      );
    }
    if (name === "downgrade") await say(["--versions-path", versions, "upgrade", "1c"]);
  };
  for (const { name, examples } of COMMANDS) {
    assert.ok(examples.length >= (name === "merge" ? 1 : 2), name);
    await clear();
    await Deno.remove(database.name).catch(() => {});
    if (name !== "upgrade") await prepared(name);
    for (const [line] of examples) {
      await t.step(line, async () => {
        const words = (line.match(/"[^"]*"|\S+/g) ?? []).map((word) =>
          word === "versions"
            ? versions
            : word.replaceAll('"', "").replace(/^(upgrade\.sql|mistral\.html)$/, `${directory}/$1`)
        );
        assert.equal(
          COMMANDS.find((one) => [one.name, ...one.aliases].includes(words[0]!))?.name,
          name,
        );
        const { exit, stderr } = await say(words);
        if (name === "revision") await clear();
        assert.ok(exit === 0 || RESULTS[name]?.includes(exit), `${exit}: ${stderr}`);
      });
    }
  }
});
