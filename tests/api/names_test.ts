/** What `mod.ts` exports is promised until 2.0.0: it does not grow unnoticed. */
import assert from "node:assert/strict";
import * as api from "../../mod.ts";
import * as columns from "../../lib/operations/columns.ts";
import * as vocabulary from "../../lib/operations/vocabulary.ts";
import { ROOT } from "../tools/jobs.ts";

/** What migrations are written in: a site's files import it from the package. */
const WORDS = Object.keys({ ...columns, ...vocabulary });

const TYPES_OF_MIGRATIONS = [
  ...["Column", "ColumnOptions", "ColumnTest", "ColumnType", "Default", "DialectName"],
  ...["ForeignKeySpec", "Operation", "OperationOptions", "ReferentialAction", "Revision"],
  ...["Scalar", "TableSpec", "UniqueSpec"],
];

const VALUES = [
  ...["ConnectionError", "DatabaseError", "OperatorError", "RefusedError"],
  ...["migrations", "open", "planOffline", "readSiteRevisions"],
];

const TYPES = [
  ...["Block", "Comparison", "ExplainedEffect", "ExplainedMigration", "ExplainedStatement"],
  ...["Deviation", "Explanation", "JournalEntry", "MistralDatabase", "OpenOptions", "Plan"],
  ...["PopulateResult", "RunEvent", "RunOptions", "RunResult", "RunSettings"],
];

/** The names that `deno doc` has, types included. */
async function documented(): Promise<readonly string[]> {
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--json", "mod.ts"],
    cwd: ROOT,
  }).output();
  assert.ok(success);
  const { nodes } = JSON.parse(new TextDecoder().decode(stdout)) as {
    readonly nodes: Readonly<Record<string, { readonly symbols: readonly { name: string }[] }>>;
  };
  return Object.values(nodes).flatMap(({ symbols }) => symbols.map(({ name }) => name));
}

Deno.test("the library exports these names, and at most 70", async () => {
  const names = (await documented()).toSorted();
  assert.deepEqual(names, [...WORDS, ...TYPES_OF_MIGRATIONS, ...VALUES, ...TYPES].toSorted());
  assert.ok(names.length <= 70, `${names.length} names`);
});

Deno.test("the library has every word of a migration", () => {
  assert.deepEqual(Object.keys(api).toSorted(), [...WORDS, ...VALUES].toSorted());
});
