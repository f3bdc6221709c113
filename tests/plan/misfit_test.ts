/** Only what does not fit the schema tells something about the database; other errors are told as they are. */
import assert from "node:assert/strict";
import { OperatorError } from "../../lib/errors.ts";
import { column, string } from "../../lib/operations/columns.ts";
import { declare } from "../../lib/operations/declare.ts";
import { addColumn, createTable } from "../../lib/operations/vocabulary.ts";
import { interruptionOf } from "../../lib/plan/resume/mod.ts";
import { emptySchema } from "../../lib/schema/schema.ts";
import { dialects } from "../tools/dialects.ts";

const { mysql } = dialects;

const SITUATION = { versions: [], schema: emptySchema, checksums: new Map() };

const TABLE = createTable("t", { columns: [column("a", string(9))] });
const ORPHAN = addColumn("nowhere", column("a", string(9)));

/** A server that has no room for some text, which is no news about a schema. */
const REFUSING = {
  ...mysql,
  rules: {
    ...mysql.rules,
    storedType: () => {
      throw new OperatorError({ failed: "Cannot store it" });
    },
  },
};

Deno.test("a migration that does not fit has not been begun", () => {
  assert.equal(interruptionOf([ORPHAN], [], SITUATION, mysql), null);
});

Deno.test("a migration that cannot be planned is not taken for one that has not been begun", () => {
  assert.throws(() => interruptionOf([TABLE], [], SITUATION, REFUSING), {
    message: "Cannot store it",
  });
});

Deno.test("an addition that does not fit the declaration is passed over", () => {
  const { schema } = declare([TABLE], mysql.rules, [ORPHAN]);
  assert.deepEqual([...schema.tables.keys()], ["t"]);
});

Deno.test("an addition that cannot be declared is not passed over", () => {
  assert.throws(() => declare([], REFUSING.rules, [TABLE]), { message: "Cannot store it" });
});
