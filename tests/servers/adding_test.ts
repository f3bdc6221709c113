/** The steps of "Adding a server" in CONTRIBUTING.md. */
import assert from "node:assert/strict";
import { drivers } from "../../lib/servers/drivers.ts";
import { dialects } from "../tools/dialects.ts";

const SERVERS = new URL("../../lib/servers/", import.meta.url);
const CONFIGURATION = new URL("../../docs/configuration.md", import.meta.url);

/** The rooms that belong to no server. */
const SHARED = ["connecting", "locking", "reading", "shared", "sql"];

/** What every server that is no spread of another has. */
const FILES = [
  ...["catalog", "driver", "effects", "health", "locks", "mod"],
  ...["rules", "script", "session", "spelling", "url"],
].map((name) => `${name}.ts`);

async function namesIn(folder: URL, isFolder: boolean): Promise<readonly string[]> {
  return (await Array.fromAsync(Deno.readDir(folder)))
    .filter(({ isDirectory }) => isDirectory === isFolder).map(({ name }) => name);
}

Deno.test("every folder of a server is registered, and has the files of the others", async () => {
  const rooms = await namesIn(SERVERS, true);
  const names = rooms.filter((name) => !SHARED.includes(name));
  assert.deepEqual(names.toSorted(), [...drivers.keys()].toSorted());
  for (const name of names) {
    const files = await namesIn(new URL(`${name}/`, SERVERS), false);
    assert.ok(files.includes("driver.ts"), name);
    if (!files.includes("rules.ts")) continue;
    for (const file of FILES) assert.ok(files.includes(file), `${name}/${file}`);
  }
});

Deno.test("docs/configuration.md says how old each product may be", async () => {
  const page = (await Deno.readTextFile(CONFIGURATION)).replaceAll(/\s+/g, " ");
  for (const { catalog } of Object.values(dialects)) {
    for (const [product, { oldest, numbers }] of Object.entries(catalog.products)) {
      const version = oldest.slice(0, Math.min(numbers, oldest.length)).join(".");
      const said = product === "SQLite" ? product : `${product} ${version} and newer`;
      assert.ok(page.includes(said), said);
    }
  }
});
