/** Parameters in a command's text, against a pattern that says the same and is slow. */
import assert from "node:assert/strict";
import { parametersIn } from "../../lib/definitions/dsl/parameters.ts";
import { randomFrom, seedOf } from "../tools/random.ts";

const PATTERN =
  /((?:-|[\p{L}\p{N}_])+)=("[^"]*"|'[^']*'|\{\{.*?\}\}|<%.*?%>|\[.*\]|true|false|null|\d+)/gu;

const PIECES = [
  ...["a", "-", "=", "=", '"', "'", "{{", "}}", "<%", "%>", "[", "]", "1", "true", "null", " "],
  ...["\n", "\u2028", "é", "𝒳", "\u{1D7D8}", "x=", "{", "}"],
];

Deno.test("parameters are those of the pattern", () => {
  const seed = seedOf("TEST_SEED");
  const random = randomFrom(seed);
  for (let count = 0; count < 20_000; count++) {
    const length = 1 + random(14);
    const text = Array.from({ length }, () => PIECES[random(PIECES.length)]).join("");
    const expected = [...text.matchAll(PATTERN)].map(([, name, value]) => [name, value]);
    assert.deepEqual(
      [...parametersIn(text)],
      expected,
      `TEST_SEED=${seed}: ${JSON.stringify(text)}`,
    );
  }
});

Deno.test("long texts are read in linear time", () => {
  // With the pattern each of these takes minutes.
  for (const piece of ["a", "=", "x=[", 'x="', "x=<%", "x={{", "x=[]\n"]) {
    Array.from(parametersIn(piece.repeat(1_000_000 / piece.length)));
  }
});
