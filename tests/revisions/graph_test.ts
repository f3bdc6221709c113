import assert from "node:assert/strict";
import { OperatorError, RefusedError } from "../../lib/errors.ts";
import { RevisionError, revisionGraph } from "../../lib/revisions/mod.ts";
import { dependent, diamond, node } from "./graphs.ts";

Deno.test("linking leaves the given revisions alone and keeps them", () => {
  const first = Object.freeze(node("001", null));
  const labels = Object.freeze(["branch"]);
  const second = Object.freeze(node("002", "001", { labels }));
  const graph = revisionGraph(Object.freeze([first, second]));
  assert.equal(graph.members.get("002")?.node, second);
  assert.deepEqual([...graph.members.get("001")!.labels], ["branch"]);
  assert.deepEqual(labels, ["branch"]);
});

Deno.test("a head that another revision depends on is a head, but no real one", () => {
  const { heads, realHeads, bases, realBases } = dependent();
  assert.deepEqual({ heads, realHeads }, { heads: ["a2", "b2"], realHeads: ["b2"] });
  assert.deepEqual({ bases, realBases }, { bases: ["a1", "b1"], realBases: ["a1", "b1"] });
});

Deno.test("labels stay on their side of a fork and are inherited through a merge", () => {
  const { members } = diamond();
  const labels = (id: string) => [...members.get(id)!.labels].sort();
  assert.deepEqual(labels("001"), []);
  assert.deepEqual(labels("net1"), ["network"]);
  assert.deepEqual(labels("004"), ["network", "storage"]);
});

Deno.test("an error is a refusal that tells Alembic's class and sentence", () => {
  const graph = diamond();
  assert.throws(() => revisionGraph([node("a", "a")]), (error) => {
    assert.ok(error instanceof RevisionError && error instanceof RefusedError);
    assert.ok(error instanceof OperatorError);
    const { type, message, exitCode } = error;
    assert.deepEqual({ type, message, exitCode }, {
      type: "LoopDetected",
      message: "Self-loop is detected in revisions (a)",
      exitCode: 255,
    });
    return true;
  });
  assert.equal(graph.heads.length, 1);
});

Deno.test("a parent that is not there is warned of in upstream's words, then refused in ours", () => {
  const warnings: string[] = [];
  assert.throws(
    () => revisionGraph([node("002", "001")], { warn: (text) => warnings.push(text) }),
    { message: /^Cannot load revision "002": it revises "001", which does not exist/ },
  );
  assert.deepEqual(warnings, [
    "Revision 001 referenced from 001 -> 002 (head), step 002 is not present",
  ]);
});
