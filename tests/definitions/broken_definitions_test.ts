/**
 * Definitions that are wrong, each in a file of its own, whose first line says what is expected: for
 * each problem its line, its key (or `-`), and how the sentence begins.
 */
import assert from "node:assert/strict";
import { readDefinitions } from "../../lib/definitions/definition_file.ts";
import type { Problem } from "../../lib/definitions/dsl/problem.ts";
import { fixture } from "../tools/fixtures.ts";

const FOLDER = new URL("../fixtures/populate/broken/", import.meta.url);

const spoken = ({ line, path, message }: Problem): string =>
  `${line} ${path.length > 0 ? path.join(".") : "-"} ${message}`;

const files = (await Array.fromAsync(Deno.readDir(FOLDER))).map(({ name }) => name).toSorted();

for (const file of files) {
  Deno.test(`broken: ${file}`, async () => {
    const text = await fixture(`populate/broken/${file}`);
    const expected = /^# expected: (.*)$/m.exec(text)![1]!.split(" | ");
    const { definitions, problems } = readDefinitions(text);
    const found = problems.map(spoken);
    const cut = found.map((sentence, index) => sentence.slice(0, expected[index]?.length));
    assert.deepEqual(cut, expected, found.join("\n"));
    assert.deepEqual(definitions, []);
  });
}
