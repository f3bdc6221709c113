/** Adding a migration along the steps of CONTRIBUTING.md, and nothing else, in a copy of the source. */
import assert from "node:assert/strict";
import { head } from "../tools/migrations.ts";
import { type Checkout, checkout } from "../tools/checkout.ts";

const next = String(Number(head) + 1).padStart(head.length, "0");

/** The tests that a new migration concerns most, by their files. */
const CONCERNED: Readonly<Record<string, string>> = {
  "tests/autogenerate/models_test.ts": "all migrations lead",
  "tests/matrix/script_test.ts": "as it was reviewed",
  "tests/matrix/schema_test.ts": "in one go",
  "tests/specs": "conversations: commands",
};

/** What proves that no step is missing; types are checked once, where the steps have written. */
const PROOFS: readonly (readonly string[])[] = [
  ["check", "migrations/"],
  ["test", "-A", "--no-check", "tests/plan/plan_test.ts"],
  [
    ...["test", "-A", "--no-check", "--filter", `/${Object.values(CONCERNED).join("|")}/`],
    ...Object.keys(CONCERNED),
  ],
];

async function run({ directory }: Checkout, ...args: readonly string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: directory,
    // The copy is what is tested, never a built program.
    env: { BINARY: "", NO_COLOR: "1", TEST_ONE_DATABASE: "1" },
  }).output();
  const text = new TextDecoder().decode(stdout);
  assert.ok(success, `${args.join(" ")}\n${text}${new TextDecoder().decode(stderr)}`);
  return text;
}

async function edit(path: string, change: (text: string) => string): Promise<void> {
  const text = await Deno.readTextFile(path);
  const changed = change(text);
  assert.notEqual(changed, text, path);
  await Deno.writeTextFile(path, changed);
}

Deno.test("a new migration takes the steps of CONTRIBUTING.md and no others", async () => {
  await using copy = await checkout({ withTests: true });
  const { directory } = copy;
  await run(copy, "run", "-q", "-A", "cli.ts", "revision", "-m", "add a colour");
  await edit(
    `${directory}/migrations/${next}_add_a_colour.ts`,
    (text) =>
      text.replace(
        /upgrade: \[[^]*?\],\n/,
        `upgrade: [\n    addColumn("workbooks_v2", column("colour_${next}", string(20))),\n  ],\n`,
      )
        .replace(
          /import type \{ Revision \}/,
          'import { column, string } from "../lib/operations/columns.ts";\n' +
            'import { addColumn } from "../lib/operations/vocabulary.ts";\n$&',
        ),
  );
  await edit(`${directory}/migrations/models/definitions.ts`, (text) =>
    text.replace(
      /createTable\("workbooks_v2", \{\n {4}columns: \[\n/,
      `$&      column("colour_${next}", string(20)),\n`,
    ));
  const changed = await run(copy, "task", "-q", "fixtures");
  assert.match(changed, new RegExp(`new: tests/fixtures/scripts/sqlite/${next}\\.sql`));
  assert.doesNotMatch(changed, /changed: tests\/fixtures\/(schema|rows|scripts)/);
  await Promise.all(PROOFS.map((args) => run(copy, ...args)));
  const database = `sqlite:///${directory}/new.sqlite`;
  const upgrade = ["run", "-q", "-A", "cli.ts", "--connection", database, "upgrade", "head"];
  await run(copy, ...upgrade);
  const show = ["run", "-q", "-A", "cli.ts", "--connection", database];
  assert.equal(await run(copy, ...show, "current"), `${next} (head)\n`);
  assert.match(await run(copy, ...show, "check"), /matches the models/);
});
