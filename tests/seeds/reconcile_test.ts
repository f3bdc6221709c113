/** What has to happen, without a database. */
import assert from "node:assert/strict";
import { reconcile, type TableContents } from "../../lib/seeds/reconcile.ts";
import { DEFAULT_PROJECT, type Seed } from "../../lib/seeds/seed.ts";
import type { Row } from "../../lib/sql/statement.ts";

const seed: Seed = {
  kind: "workflow",
  name: "w",
  otherNames: ["old.w"],
  inputs: [],
  values: {
    name: "w",
    project_id: DEFAULT_PROJECT,
    scope: "public",
    namespace: "",
    is_system: true,
    spec: "{}",
  },
};

const right: Row = { id: "1", ...seed.values };

function planned(rows: readonly Row[], changes: Partial<TableContents> = {}) {
  const situation: TableContents = {
    columns: new Set(Object.keys(seed.values)),
    rows,
    sameName: (left, one) => left === one,
    ...changes,
  };
  return reconcile([seed], { action: { ...situation, rows: [] }, workflow: situation });
}

const added = { verb: "add", kind: "workflow", name: "w", values: seed.values };

const changed = (values: Row, before = "w") => ({
  verb: "change",
  kind: "workflow",
  name: "w",
  before,
  id: "1",
  values,
});

Deno.test("what is not there is added", () => {
  assert.deepEqual(planned([]), { changes: [added], notices: [], upToDate: [] });
});

Deno.test("what is right is left alone, with 1 for true as well", () => {
  for (const is_system of [true, 1, 1n]) {
    const { changes, upToDate } = planned([{ ...right, is_system }]);
    assert.deepEqual([changes, upToDate], [[], [{ kind: "workflow", name: "w" }]]);
  }
});

Deno.test("of what differs, only the columns that differ are changed", () => {
  const row = { ...right, spec: "{ }", is_system: 0, scope: "private" };
  const values = { scope: "public", is_system: true, spec: "{}" };
  assert.deepEqual(planned([row]).changes, [changed(values)]);
  assert.deepEqual(planned([{ ...right, is_system: null }]).changes, [
    changed({ is_system: true }),
  ]);
});

Deno.test("columns that are not there yet are neither compared nor written", () => {
  const columns = new Set(["name", "project_id", "scope", "spec"]);
  const { namespace: _, is_system: __, ...old } = right;
  assert.deepEqual(planned([old], { columns }).changes, []);
  assert.deepEqual(planned([{ ...old, spec: null }], { columns }).changes, [
    changed({ spec: "{}" }),
  ]);
  const [change] = planned([], { columns }).changes;
  assert.deepEqual(
    Object.keys("values" in change! ? change.values : {}).toSorted(),
    [
      ...columns,
    ].toSorted(),
  );
});

Deno.test("a row without a namespace gets the empty one, unless there is one that has it", () => {
  const without = { ...right, namespace: null };
  assert.deepEqual(planned([without]).changes, [changed({ namespace: "" })]);
  assert.deepEqual(planned([{ ...without, id: "0" }, right]).changes, []);
});

Deno.test("a row in another namespace is another thing", () => {
  assert.deepEqual(planned([{ ...right, namespace: "site" }]).changes, [added]);
});

Deno.test("a system row under another release's name becomes the seed", () => {
  const old = { ...right, name: "old.w", spec: "old" };
  assert.deepEqual(planned([old]).changes, [changed({ name: "w", spec: "{}" }, "old.w")]);
  for (const other of [{ is_system: false }, { project_id: "p" }, { namespace: "n" }]) {
    assert.deepEqual(planned([{ ...old, ...other }]).changes, [added]);
  }
});

Deno.test("where both names are there, the old one is left and reported", () => {
  const { changes, notices } = planned([right, { ...right, id: "2", name: "old.w" }]);
  const notice = {
    kind: "workflow",
    name: "old.w",
    reason: "superseded",
    project: DEFAULT_PROJECT,
  };
  assert.deepEqual([changes, notices], [[], [notice]]);
});

Deno.test("another project's public row is reported, its private one is not", () => {
  const theirs = { ...right, id: "2", project_id: "p" };
  const notice = { kind: "workflow", name: "w", reason: "foreign", project: "p" };
  assert.deepEqual(planned([theirs]), { changes: [added], notices: [notice], upToDate: [] });
  assert.deepEqual(planned([{ ...theirs, scope: "private" }]).notices, []);
});

Deno.test("names that the server does not tell apart are one", () => {
  const sameName = (left: string, one: string) => left.toLowerCase() === one;
  assert.deepEqual(planned([{ ...right, name: "W" }], { sameName }).changes, [
    changed({ name: "w" }, "W"),
  ]);
});

Deno.test("stale rows go, unless they become a seed", () => {
  const action: Seed = { ...seed, kind: "action", otherNames: [] };
  const none = { columns: new Set(Object.keys(seed.values)), sameName: Object.is };
  const stale = { ...right, spec: null };
  const { changes } = reconcile(
    [action],
    { action: { ...none, rows: [stale] }, workflow: { ...none, rows: [] } },
    [{ id: "7", name: "gone" }, { id: "1", name: "w" }],
  );
  assert.deepEqual(changes, [
    { verb: "remove", kind: "action", name: "gone", id: "7" },
    { ...changed({ spec: "{}" }), kind: "action" },
  ]);
});
