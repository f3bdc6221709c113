/** JSON is byte for byte what Python's `json.dumps` writes. */
import assert from "node:assert/strict";
import { json } from "../../lib/definitions/json.ts";
import { type Node, scalar } from "../../lib/definitions/node.ts";

const CASES: readonly (readonly [Node, string])[] = [
  [scalar('a"\\\n\t\u0001/', 1), String.raw`"a\"\\\n\t\u0001/"`],
  [scalar("é\x7f\u2028😀", 1), String.raw`"\u00e9\u007f\u2028\ud83d\ude00"`],
  [scalar(1n, 1), "1"],
  [scalar(1, 1), "1.0"],
  [scalar(0.1, 1), "0.1"],
  [scalar(-1.5, 1), "-1.5"],
  [scalar(1e15, 1), "1000000000000000.0"],
  [scalar(1e16, 1), "1e+16"],
  [scalar(1.5e22, 1), "1.5e+22"],
  [scalar(0.0001, 1), "0.0001"],
  [scalar(0.00001, 1), "1e-05"],
  [scalar(1e-100, 1), "1e-100"],
  [scalar(null, 1), "null"],
  [scalar(true, 1), "true"],
  [{ kind: "list", items: [], line: 1 }, "[]"],
  [{ kind: "list", items: [scalar(1n, 1), scalar("b", 1)], line: 1 }, '[1, "b"]'],
  [{ kind: "map", entries: [], line: 1 }, "{}"],
  [
    {
      kind: "map",
      entries: [
        { key: scalar("z", 1), value: scalar(1n, 1) },
        { key: scalar(2n, 1), value: scalar(2n, 1) },
        { key: scalar(null, 1), value: scalar(3n, 1) },
        { key: scalar(true, 1), value: scalar(4n, 1) },
        { key: scalar(1.5, 1), value: scalar(5n, 1) },
      ],
      line: 1,
    },
    '{"z": 1, "2": 2, "null": 3, "true": 4, "1.5": 5}',
  ],
];

for (const [node, text] of CASES) {
  Deno.test(`json: ${text}`, () => assert.equal(json(node), text));
}
