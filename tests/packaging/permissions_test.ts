/** Every way to start the program grants what `deno.json` lists, and none of them asks. */
import assert from "node:assert/strict";
import project from "../../deno.json" with { type: "json" };
import { BATCH, SHELL } from "../../packaging/archive.ts";
import { PERMISSIONS } from "../../packaging/project.ts";
import { CALL, filled, shellScript } from "../../packaging/shell.ts";
import { ROOT } from "./builds.ts";

const allowed = (text: string): readonly string[] =>
  (text.match(/--allow-[a-z]+(?:=[\w,]+)?/g) ?? []).toSorted();

async function installCommand(): Promise<string> {
  const readme = await Deno.readTextFile(`${ROOT}README.md`);
  return /^deno install --global .*$/m.exec(readme)![0];
}

/** The packed file's script, without the call of Deno that unpacks. */
const stub = async (): Promise<string> =>
  filled(await shellScript("stub.sh"), CALL).replace("--allow-write=. ./install.js", "");

const STARTS: Readonly<Record<string, () => string | Promise<string>>> = {
  "deno install, in the README": installCommand,
  "the packed file": stub,
  "the launcher of the packages": async () => filled(await shellScript("files/launcher.sh"), CALL),
  "the launcher of the archive for macOS": () => SHELL,
  "the launcher of the archive for Windows": () => BATCH,
};

Deno.test("every way to start the program grants the permissions of deno.json", async (t) => {
  const listed = Object.entries(project.permissions.default);
  assert.equal(PERMISSIONS.length, listed.length);
  for (const [name, start] of Object.entries(STARTS)) {
    await t.step(name, async () => {
      const command = await start();
      assert.deepEqual(allowed(command), PERMISSIONS.toSorted());
      assert.ok(command.includes("--no-prompt"));
    });
  }
});

Deno.test("what is compiled gets the same permissions, and keeps no code in a directory for all", async () => {
  const text = await Deno.readTextFile(`${ROOT}packaging/compile.ts`);
  assert.match(text, /\.\.\.PERMISSIONS,/);
  assert.match(text, /"--no-code-cache"/);
  assert.deepEqual(allowed(text), []);
});
