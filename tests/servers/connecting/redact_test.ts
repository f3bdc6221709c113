import assert from "node:assert/strict";
import { redact } from "../../../lib/servers/connecting/redact.ts";
import type { Value } from "../../../lib/sql/statement.ts";

const LONG = "a spec that is far too long to be quoted in full by a server";

const CASES: readonly [string, readonly Value[], string][] = [
  ["Duplicate entry 'x' for key 'name'", ["x"], "Duplicate entry '?' for key 'name'"],
  ["Duplicate entry 'a-p' for key 'k'", ["a", "p"], "Duplicate entry '?' for key 'k'"],
  ["Data too long for column 'name'", ["x".repeat(99)], "Data too long for column 'name'"],
  [
    'invalid input syntax for type bigint: "abcd"',
    ["abcd"],
    'invalid input syntax for type bigint: "?"',
  ],
  [
    `Duplicate entry '${LONG.slice(0, 40)}...' for key 'k'`,
    [LONG],
    "Duplicate entry '?' for key 'k'",
  ],
  [`Duplicate entry '${LONG}' for key 'k'`, [LONG], "Duplicate entry '?' for key 'k'"],
  ["Duplicate entry '4711' for key 'k'", [4711], "Duplicate entry '?' for key 'k'"],
  ["Table 'a.b' doesn't exist", [], "Table 'a.b' doesn't exist"],
  ["Table 't' is read only", [null, true, ""], "Table 't' is read only"],
  ["bad byte in 'key=1'", [new TextEncoder().encode("key=1")], "bad byte in '?'"],
];

for (const [message, values, expected] of CASES) {
  Deno.test(`redacted: ${expected}`, () => assert.equal(redact(message, values), expected));
}
