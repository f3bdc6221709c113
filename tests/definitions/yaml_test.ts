/** YAML that is broken, or made to do harm, is refused in words, quickly, and with its line. */
import assert from "node:assert/strict";
import { at, entriesOf, textOf } from "../../lib/definitions/node.ts";
import { readYaml } from "../../lib/definitions/yaml.ts";

/** Each of ten lists holds the one before nine times. */
function explodingAliases(): string {
  const lists = Array.from("bcdefghij", (name, index) => {
    const before = "abcdefghi"[index];
    return `${name}: &${name} [${Array(9).fill(`*${before}`).join(", ")}]`;
  });
  return ["a: &a [x, x, x]", ...lists].join("\n");
}

const REFUSED: Readonly<Record<string, readonly [text: string, line: number, message: RegExp]>> = {
  "aliases that explode": [explodingAliases(), 6, /holds more than 100000 things/],
  "an alias of what it lies in": ["a: &a [*a]", 1, /has the alias "\*a", but no such anchor/],
  "an alias of nothing": ["a: 1\nb: *a", 2, /has the alias "\*a", but no such anchor before it/],
  "a tag": ["a: 1\nb: !!python/object:os.system x", 2, /has the tag ".*python.*"; tags are not/],
  "a tag of the site": ["a: !secret x", 1, /has the tag "!secret"/],
  "a harmless tag": ["a: !!str 5", 1, /has the tag/],
  "a merge key": ["a: &a {b: 1}\nc:\n  <<: *a", 3, /has the key "<<"/],
  "the same key twice": ["a: 1\nb: 2\na: 3", 3, /has the key "a", which line 1 has already/],
  "an expression that is not in quotes": ["a: {{ _.b }}", 1, /put an expression .* in quotes/],
  "a list as a key": ["? [a]\n: b", 1, /has a key that is no plain text/],
  "two documents": ["a: 1\n---\nb: 2", 2, /is no YAML: .*multiple documents/],
  "broken indentation": ["a:\n\t- b", 2, /is no YAML: Tabs are not allowed/],
  "an open bracket": ["a: [1, 2", 1, /is no YAML/],
  "a control character": ["a: 1\nb: \x07", 2, /has a control character/],
  "a date": ["a:\n  b: 2020-01-01", 2, /"2020-01-01" is a date to YAML/],
  "65 levels": [`a: ${"[".repeat(65)}${"]".repeat(65)}`, 1, /lies more than 64 levels deep/],
  "very many brackets": ["[".repeat(200_000), 1, /is no YAML|levels deep/],
  "many maps in maps": ["{a: ".repeat(100_000), 1, /is no YAML|levels deep/],
};

for (const [name, [text, line, message]] of Object.entries(REFUSED)) {
  Deno.test(`refused: ${name}`, () => {
    const began = performance.now();
    const { yaml, problems } = readYaml(text);
    assert.equal(yaml, null);
    assert.match(problems[0]!.message, message);
    assert.equal(problems[0]!.line, line);
    assert.ok(performance.now() - began < 30_000);
  });
}

Deno.test("an alias stands for what its anchor marks", () => {
  const { yaml } = readYaml("a: &x {b: [1]}\nc: *x\nd: &x 5\ne: *x");
  assert.equal(at(yaml?.root, "c"), at(yaml?.root, "a"));
  assert.deepEqual(at(yaml?.root, "e"), { kind: "scalar", value: 5n, line: 3 });
});

Deno.test("a map of very many keys is read quickly", () => {
  const began = performance.now();
  const { yaml } = readYaml(Array.from({ length: 90_000 }, (_, key) => `k${key}:`).join("\n"));
  assert.equal(entriesOf(yaml?.root).length, 90_000);
  assert.ok(performance.now() - began < 30_000);
});

Deno.test("numbers in quotes and keys like those of objects are plain text", () => {
  const { yaml } = readYaml("constructor: '1'\n__proto__: \"yes\"\n10: x\n9: y");
  assert.equal(textOf(at(yaml?.root, "constructor")), "1");
  assert.equal(textOf(at(yaml?.root, "__proto__")), "yes");
  assert.deepEqual(entriesOf(yaml?.root).map(({ key }) => key.value), [
    "constructor",
    "__proto__",
    10n,
    9n,
  ]);
});
