/** Unquoted scalars mean what PyYAML 6.0 takes them for. */
import assert from "node:assert/strict";
import { plainScalar } from "../../lib/definitions/plain_scalar.ts";
import type { ScalarValue } from "../../lib/definitions/node.ts";

const MEANINGS: readonly (readonly [string, ScalarValue])[] = [
  ["", null],
  ["~", null],
  ["NULL", null],
  ["nULL", "nULL"],
  ["yes", true],
  ["On", true],
  ["y", "y"],
  ["off", false],
  ["False", false],
  ["0", 0n],
  ["-7", -7n],
  ["+1_000", 1000n],
  ["010", 8n],
  ["-010", -8n],
  ["08", "08"],
  ["0o10", "0o10"],
  ["0x1F", 31n],
  ["-0b101", -5n],
  ["1:30", 90n],
  ["-1:00:01", -3601n],
  ["123456789012345678901234567890", 123456789012345678901234567890n],
  ["1.5", 1.5],
  ["1.", 1],
  [".5", 0.5],
  ["-1_0.5", -10.5],
  ["1.0e+3", 1000],
  ["1e3", "1e3"],
  ["1.0e3", "1.0e3"],
  ["2.0", 2],
  ["<% $.a %>", "<% $.a %>"],
  ["-", "-"],
  ["1 2", "1 2"],
];

for (const [source, value] of MEANINGS) {
  Deno.test(`"${source}" means ${typeof value} ${value}`, () => {
    assert.deepEqual(plainScalar(source), { value });
  });
}

for (
  const source of ["2020-01-01", "2001-12-14t21:59:43.10-05:00", ".inf", "-.INF", ".nan", "1:30.5"]
) {
  Deno.test(`"${source}" is refused, as JSON cannot hold it`, () => {
    const found = plainScalar(source);
    assert.match("refused" in found ? found.refused : "", /JSON cannot hold.*; put it in quotes$/);
  });
}
