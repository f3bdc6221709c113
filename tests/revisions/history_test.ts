import assert from "node:assert/strict";
import {
  currentEntries,
  forks,
  headEntries,
  history,
  longForm,
  needsCurrent,
} from "../../lib/revisions/mod.ts";
import { chain, dependent, diamond } from "./graphs.ts";

const lines = (entries: readonly { readonly line: string }[]) => entries.map(({ line }) => line);

Deno.test("history lists parents, labels, marks and messages, newest first", () => {
  assert.deepEqual(lines(history(diamond(), { current: ["sto1"], indicateCurrent: true })), [
    "net1, sto1 -> 004 (network, storage) (head) (mergepoint), step 004",
    "001 -> net1 (network), step net1",
    "001 -> sto1 (storage) (current), step sto1",
    "<base> -> 001 (branchpoint), step 001",
  ]);
});

Deno.test("a range may say current; an empty database then stands for its end of the history", () => {
  assert.ok(needsCurrent("current:"));
  assert.ok(!needsCurrent("001:"));
  assert.ok(!needsCurrent(null));
  const ids = (current: string[]) =>
    history(chain(), { range: ":current", current }).map(({ member }) => member.id);
  assert.deepEqual(ids(["002"]), ["002", "001"]);
  assert.deepEqual(ids([]), ["005", "004", "003", "002", "001"]);
});

Deno.test("a fork is listed with its children", () => {
  const [fork, ...more] = forks(diamond(), { verbose: true });
  assert.equal(fork?.line, "001 (branchpoint)");
  assert.deepEqual(lines(fork?.children ?? []), [
    "net1 (network), step net1",
    "sto1 (storage), step sto1",
  ]);
  assert.deepEqual(more, []);
});

Deno.test("heads and current revisions are listed as upstream prints them", () => {
  assert.deepEqual(lines(headEntries(dependent())), [
    "a2 (alpha) (effective head)",
    "b2 (beta) (head)",
  ]);
  assert.deepEqual(lines(currentEntries(chain(), ["005"])), ["005 (head)"]);
  assert.deepEqual(lines(currentEntries(dependent(), ["b2"])), [
    "a2 (effective head)",
    "b2 (head)",
  ]);
});

Deno.test("the long form tells all, and ends with an empty line", () => {
  const { members } = dependent();
  assert.deepEqual(longForm(members.get("b2")!, { current: true, path: "/m/b2.ts" }), [
    "Rev: b2 (head) (current)",
    "Parent: b1",
    "Also depends on: a2",
    "Branch names: beta",
    "Path: /m/b2.ts",
    "",
    "    step b2",
    "",
  ]);
  assert.deepEqual(longForm(diamond().members.get("004")!, { doc: "One\n\nTwo" }), [
    "Rev: 004 (head) (mergepoint)",
    "Merges: net1, sto1",
    "Branch names: network, storage",
    "",
    "    One",
    "    ",
    "    Two",
    "",
  ]);
  assert.deepEqual(longForm(diamond().members.get("001")!).slice(1, 3), [
    "Parent: <base>",
    "Branches into: net1, sto1",
  ]);
});
