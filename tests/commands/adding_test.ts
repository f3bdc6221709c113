/** The steps of "Adding a command" in CONTRIBUTING.md that nothing else would miss. */
import assert from "node:assert/strict";
import { GROUPS, namesOf } from "../../lib/cli/command.ts";
import * as specs from "../../lib/commands/specs.ts";
import { COMMANDS } from "../../lib/commands/table.ts";

const ROOMS = new URL("../../lib/commands/", import.meta.url);
const SPECS = new URL("../specs/", import.meta.url);

async function namesIn(folder: URL): Promise<readonly string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
}

const fileOf = (name: string): string => name.replaceAll("-", "_");

Deno.test("every spec is in the table, under the group of its room", async () => {
  const named = Object.values(specs).map(({ name }) => name);
  assert.deepEqual(named.toSorted(), COMMANDS.map(({ name }) => name).toSorted());
  for (const group of Object.keys(GROUPS)) {
    const expected = COMMANDS.filter((one) => one.group === group).map(({ name }) => fileOf(name));
    const files = (await namesIn(new URL(`${group}/`, ROOMS))).map((name) => name.slice(0, -3));
    assert.deepEqual(files.toSorted(), [...expected, "specs"].toSorted(), group);
  }
});

Deno.test("the help of every command is a conversation", async () => {
  for (const name of namesOf(COMMANDS)) {
    const folder = new URL(`help/help_${fileOf(name)}/`, SPECS);
    const line = await Deno.readTextFile(new URL("command", folder));
    assert.equal(line.trim(), `mistral-db-manage ${name} --help`);
    assert.ok((await namesIn(folder)).includes("stdout"), name);
  }
});

Deno.test("every command is in a conversation that runs it", async () => {
  const lines: string[] = [];
  for (const area of await namesIn(SPECS)) {
    if (area === "help" || area.endsWith(".ts")) continue;
    for (const name of await namesIn(new URL(`${area}/`, SPECS))) {
      const folder = new URL(`${area}/${name}/`, SPECS);
      if (!(await Deno.stat(folder)).isDirectory) continue;
      lines.push(await Deno.readTextFile(new URL("command", folder)));
    }
  }
  for (const { name } of COMMANDS) {
    assert.ok(lines.some((line) => new RegExp(`mistral-db-manage.* ${name}\\b`).test(line)), name);
  }
});
