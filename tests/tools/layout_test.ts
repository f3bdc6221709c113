/** The folders of `lib/`: what CONTRIBUTING.md draws, what the lint rule allows, and what exists. */
import assert from "node:assert/strict";
import { LAYERS } from "./lint_layers.ts";

const PROJECT = new URL("../../", import.meta.url);
const CONTRIBUTING = await Deno.readTextFile(new URL("CONTRIBUTING.md", PROJECT));

/** More files than this want rooms. */
const MOST_FILES = 15;
/** More words than this are not learned on a first day. */
const MOST_WORDS = 25;

async function entriesOf(folder: URL): Promise<readonly Deno.DirEntry[]> {
  return await Array.fromAsync(Deno.readDir(folder));
}

async function* foldersIn(folder: URL): AsyncIterable<URL> {
  yield folder;
  for (const { name, isDirectory } of await entriesOf(folder)) {
    if (isDirectory) yield* foldersIn(new URL(`${name}/`, folder));
  }
}

/** The part of CONTRIBUTING.md under a heading. */
function section(heading: string): string {
  const [, text] = CONTRIBUTING.split(`\n## ${heading}\n`);
  assert.ok(text, heading);
  return text.split("\n## ")[0]!;
}

Deno.test("CONTRIBUTING.md draws the layers of the lint rule, in its order", () => {
  const drawn = [...section("Layers").matchAll(/^ {6}(\w+)\//gm)].map(([, name]) => name);
  assert.deepEqual(drawn, [...LAYERS]);
});

Deno.test("every folder of lib/ is a layer", async () => {
  const folders = (await entriesOf(new URL("lib/", PROJECT)))
    .filter(({ isDirectory }) => isDirectory).map(({ name }) => name);
  assert.deepEqual(folders.toSorted(), [...LAYERS].toSorted());
});

Deno.test("the rooms that CONTRIBUTING.md draws exist", async () => {
  const [drawing] = section("Layers").split("\n| ");
  let layer = "";
  for (const line of drawing!.split("\n").filter((one) => one.startsWith("      "))) {
    layer = /^ {6}(\w+)\//.exec(line)?.[1] ?? layer;
    for (const [, room] of line.matchAll(/(\w+)\//g)) {
      const folder = room === layer ? layer : `${layer}/${room}`;
      assert.ok((await Deno.stat(new URL(`lib/${folder}`, PROJECT))).isDirectory, folder);
    }
  }
});

Deno.test(`no folder of lib/ has more than ${MOST_FILES} files`, async () => {
  for await (const folder of foldersIn(new URL("lib/", PROJECT))) {
    const files = (await entriesOf(folder)).filter(({ isFile }) => isFile);
    assert.ok(files.length <= MOST_FILES, `${folder.pathname}: ${files.length}`);
  }
});

Deno.test(`the glossary has at most ${MOST_WORDS} words, in order`, () => {
  const words = [...section("Glossary").matchAll(/^\| (\w+) +\|/gm)].map(([, word]) => word)
    .filter((word) => word !== "word");
  assert.ok(words.length > 0 && words.length <= MOST_WORDS, `${words.length}`);
  assert.deepEqual(words, words.toSorted());
});
