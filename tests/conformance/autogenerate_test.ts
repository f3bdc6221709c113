import assert from "node:assert/strict";
import { isAvailable } from "../tools/databases.ts";
import { jsonFixture } from "../tools/fixtures.ts";
import { type Case, score } from "./autogenerate.ts";

for (const dialect of ["postgresql", "mysql"] as const) {
  Deno.test({
    name: `differences are those that are there, and can be run (${dialect})`,
    ignore: !isAvailable(dialect),
    fn: async () => {
      const cases = await jsonFixture<Case[]>(`autogenerate/autogenerate-${dialect}.json`);
      const { passed, failures } = await score(cases);
      assert.deepEqual(failures, []);
      assert.equal(passed, 141);
    },
  });
}

Deno.test({
  name: "what is missing, surplus or cannot be run is a failure",
  ignore: !isAvailable("postgresql"),
  fn: async () => {
    const cases = await jsonFixture<Case[]>("autogenerate/autogenerate-postgresql.json");
    const given = cases.find(({ name }) => name === "add-index")!;
    const surplus = { ...given, detects: [] };
    const missing = { ...given, detects: [...given.detects!, { kind: "dropTable", table: "z" }] };
    const { failures } = await score([surplus, missing]);
    assert.deepEqual(failures.map((one) => [one.missing.length, one.surplus.length]), [
      [0, 1],
      [1, 0],
    ]);
  },
});
