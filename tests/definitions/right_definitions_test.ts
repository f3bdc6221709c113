/**
 * Definitions that are right, and the specifications that the engine itself (15.0.0, with PyYAML 6.0)
 * makes of them: the same, byte for byte.
 */
import assert from "node:assert/strict";
import { readDefinitions } from "../../lib/definitions/definition_file.ts";
import { fixture, jsonFixture } from "../tools/fixtures.ts";

const FILES = ["actions.yaml", "direct.yaml", "reverse.yml", "several.yaml"];

for (const file of FILES) {
  Deno.test(`${file} becomes what the engine makes of it`, async () => {
    const { definitions, problems } = readDefinitions(await fixture(`populate/right/${file}`));
    assert.deepEqual(problems, []);
    const specs = definitions.map(({ name, spec }) => [name, spec]);
    const expected = await jsonFixture(`populate/right/${file.replace(/\.ya?ml$/, ".json")}`);
    assert.deepEqual(Object.fromEntries(specs), expected);
  });
}

Deno.test("one of several definitions is kept with its comments and without the others", async () => {
  const { definitions } = readDefinitions(await fixture("populate/right/several.yaml"));
  const [one, two] = definitions;
  assert.match(one!.text, /^version: '2\.0'\n\n# One of two\.\nsite\.one:\n/);
  assert.ok(!one!.text.includes("site.two"));
  assert.match(two!.text, /# Why not\./);
  for (const { name, text, kind } of definitions) {
    const [again, ...more] = readDefinitions(text).definitions;
    assert.deepEqual([again!.name, again!.kind, more.length], [name, kind, 0]);
    const spec = definitions.find((found) => found.name === name)!;
    assert.equal(again!.spec, spec.spec);
  }
});

Deno.test("a single definition is kept as it was written", async () => {
  const text = await fixture("populate/right/direct.yaml");
  assert.equal(readDefinitions(text).definitions[0]!.text, text);
});

Deno.test("the inputs of an action become one text, with defaults as JSON", async () => {
  const { definitions } = readDefinitions(await fixture("populate/right/actions.yaml"));
  const [echo, ssh] = definitions;
  assert.equal(
    echo!.inputs.join(", "),
    String.raw`text, times=1, ratio=1.0, big=1e+20, names=["\u00e4", "\ud83d\ude00", null, true]`,
  );
  assert.deepEqual([echo!.tags, echo!.description], ['["site", "echo"]', "Repeats what it gets."]);
  assert.deepEqual([ssh!.tags, ssh!.description, ssh!.inputs], ["[]", null, []]);
});
