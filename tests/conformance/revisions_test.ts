import assert from "node:assert/strict";
import { score } from "./revisions.ts";

/** Every expected value was taken by running Alembic 1.8.1. */
const files = ["revision-cases.json", "downgrade-cases.json"];

for (const file of files) {
  Deno.test(`revisions behave as Alembic's: ${file}`, async () => {
    const path = new URL(`../fixtures/revisions/${file}`, import.meta.url);
    const { passed, failures } = score(JSON.parse(await Deno.readTextFile(path)));
    assert.deepEqual(failures.map(({ id }) => id), []);
    assert.ok(passed > 1000, `${passed} cases`);
  });
}

Deno.test("a wrong answer, a missing error and an unknown operation are failures", () => {
  const revisions = [{ id: "001", down: null }];
  const cases = [
    { id: "right", op: "heads", result: ["001"] },
    { id: "wrong", op: "heads", result: ["002"] },
    { id: "alternative", op: "heads", result: ["002"], alternatives: [{ result: ["001"] }] },
    { id: "not refused", op: "heads", error: refusal("RevisionError", "no") },
    { id: "other words", op: "resolve", argument: "x", error: refusal("ResolutionError", "no") },
    { id: "not warned", op: "heads", result: ["001"], warnings: ["odd"] },
    { id: "unknown", op: "fly", result: [] },
  ];
  const { passed, failures } = score([{ revisions, cases }]);
  assert.equal(passed, 2);
  assert.deepEqual(
    failures.map(({ id }) => id),
    ["wrong", "not refused", "other words", "not warned", "unknown"],
  );
});

function refusal(type: string, message: string) {
  return { type, message, failedLine: `FAILED: ${message}` };
}
