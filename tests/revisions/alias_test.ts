import assert from "node:assert/strict";
import {
  history,
  offlineUpgrade,
  resolve,
  resolveOne,
  stampMoves,
  upgradeMoves,
} from "../../lib/revisions/mod.ts";
import { chain } from "./graphs.ts";

const graph = chain({ aliases: { kilo: "002", "2023.1": "004", "003": "005", "head": "001" } });

Deno.test("an alias stands wherever an id can", () => {
  assert.equal(resolveOne(graph, "kilo"), "002");
  assert.deepEqual(resolve(graph, "kilo@head"), ["005"]);
  assert.deepEqual(resolve(graph, "004@kilo"), ["002"]);
  const to = (target: string) => upgradeMoves(graph, ["001"], target).at(-1)?.revision.id;
  assert.equal(to("kilo"), "002");
  assert.equal(to("kilo+1"), "003");
  assert.equal(to("2023.1-1"), "003");
  assert.equal(to("2023.1"), "004");
  assert.deepEqual(offlineUpgrade(graph, "kilo:2023.1").start, ["002"]);
  assert.deepEqual(stampMoves(graph, [], "kilo").at(-1)?.headsAfter, ["002"]);
  const listed = history(graph, { range: "kilo:2023.1" }).map(({ member }) => member.id);
  assert.deepEqual(listed, ["004", "003", "002"]);
});

Deno.test("a revision of the same name wins over an alias", () => {
  assert.equal(resolveOne(graph, "003"), "003");
});

Deno.test("a refusal names the target as it was written", () => {
  assert.throws(() => upgradeMoves(graph, ["001"], "juno"), {
    message: "Can't locate revision identified by 'juno'",
  });
});
