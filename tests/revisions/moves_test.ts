import assert from "node:assert/strict";
import {
  downgradeMoves,
  offlineUpgrade,
  stampMoves,
  upgradeMoves,
  type VersionMove,
} from "../../lib/revisions/mod.ts";
import { chain, dependent, diamond } from "./graphs.ts";

/** What the moves log, and what they do to the version table. */
function told(moves: readonly VersionMove[]): readonly unknown[] {
  return moves.map(({ log, rowChanges }) => [log, ...rowChanges]);
}

Deno.test("a branch inserts a row, a merge deletes one and updates the other", () => {
  assert.deepEqual(told(upgradeMoves(diamond(), ["001"], "head")), [
    ["upgrade 001 -> sto1", { kind: "update", from: "001", to: "sto1" }],
    ["upgrade 001 -> net1", { kind: "insert", id: "net1" }],
    [
      "upgrade net1, sto1 -> 004",
      { kind: "delete", id: "net1" },
      { kind: "update", from: "sto1", to: "004" },
    ],
  ]);
});

Deno.test("a downgrade does the reverse", () => {
  assert.deepEqual(told(downgradeMoves(diamond(), ["004"], "001")), [
    [
      "downgrade 004 -> net1, sto1",
      { kind: "insert", id: "net1" },
      { kind: "update", from: "004", to: "sto1" },
    ],
    ["downgrade net1 -> 001", { kind: "delete", id: "net1" }],
    ["downgrade sto1 -> 001", { kind: "update", from: "sto1", to: "001" }],
  ]);
});

Deno.test("a dependency's row goes when it is implied", () => {
  const [move] = upgradeMoves(dependent(), ["a2", "b1"], "beta@head");
  assert.deepEqual(move?.headsBefore, ["a2", "b1"]);
  assert.deepEqual(move?.headsAfter, ["b2"]);
  assert.equal(move?.revision.message, "step b2");
  assert.deepEqual(move?.from, ["b1"]);
});

Deno.test("a stamp updates, inserts or deletes rows, and says so in Alembic's way", () => {
  assert.deepEqual(told(stampMoves(chain(), ["001"], "004")), [
    ["stamp_revision 001 -> 004", { kind: "update", from: "001", to: "004" }],
  ]);
  assert.deepEqual(told(stampMoves(chain(), [], "head")), [
    ["stamp_revision  -> 005", { kind: "insert", id: "005" }],
  ]);
  assert.deepEqual(told(stampMoves(chain(), ["004"], null)), [
    ["stamp_revision 004 -> ", { kind: "delete", id: "004" }],
  ]);
  assert.deepEqual(told(stampMoves(chain(), ["004"], "004")), []);
  assert.deepEqual(told(stampMoves(diamond(), ["net1", "sto1"], ["001"])), [
    [
      "stamp_revision net1, sto1 -> 001",
      { kind: "delete", id: "net1" },
      { kind: "update", from: "sto1", to: "001" },
    ],
  ]);
});

Deno.test("several targets are stamped one after the other", () => {
  assert.deepEqual(told(stampMoves(diamond(), [], ["net1", "sto1"])), [
    ["stamp_revision  -> net1", { kind: "insert", id: "net1" }],
    ["stamp_revision  -> sto1", { kind: "insert", id: "sto1" }],
  ]);
});

Deno.test("an offline range starts from its beginning, without one from the empty database", () => {
  const ranged = offlineUpgrade(chain(), "002:head");
  assert.deepEqual(ranged.start, ["002"]);
  assert.deepEqual(ranged.moves.map(({ revision }) => revision.id), ["003", "004", "005"]);
  const whole = offlineUpgrade(chain(), "002");
  assert.deepEqual(whole.start, []);
  assert.deepEqual(whole.moves[0]?.headsBefore, []);
});

Deno.test("what upstream answers with a traceback is refused in words", () => {
  const refusals: readonly [() => unknown, RegExp][] = [
    [() => upgradeMoves(chain(), [], "005+1"), /^Cannot use "005\+1": it leads beyond/],
    [() => upgradeMoves(chain(), [], ""), /^Cannot find a revision without a name/],
    [() => offlineUpgrade(chain(), "001:002:003"), /^Cannot read the range "001:002:003"/],
    [() => stampMoves(chain(), ["001", "005"], "003"), /^Cannot stamp "003"/],
    [() => downgradeMoves(chain(), [], "005@-1"), /^Cannot go back on branch "005"/],
  ];
  for (const [action, message] of refusals) assert.throws(action, { message });
});
