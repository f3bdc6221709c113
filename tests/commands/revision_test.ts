/** New revisions among the embedded ones, in a copy of the checkout. */
import assert from "node:assert/strict";
import { checkout } from "../tools/checkout.ts";
import { databaseTest, freshDatabase } from "../tools/databases.ts";
import { jsonFixture } from "../tools/fixtures.ts";
import { head } from "../tools/migrations.ts";
import { prepare } from "../tools/prepared.ts";
import { place } from "../tools/program.ts";

/** What a reference conversation says of `revision`. */
interface Case {
  readonly name: string;
  readonly command: string;
  readonly setup: string | null;
  readonly exit: number;
}

/** The number of the next revision, and of those after it. */
const next = (count = 1): string => String(Number(head) + count).padStart(3, "0");

const generating = (name: string): RegExp =>
  new RegExp(`^Generating \\S+/migrations/${next()}_${name}\\.ts \\.\\.\\. {2}done\n$`);

/** What this program prints in place of the reference. */
const PRINTED: Readonly<Record<string, RegExp>> = {
  "revision-autogenerate-behind": /^FAILED: Target database is not up to date\.\n$/,
  "revision-autogenerate-empty": /^FAILED: Target database is not up to date\.\n$/,
  "revision-autogenerate-head": generating("auto"),
  "revision-m-unicode-long": generating("ajouter_une_colonne_très_très_longue_a_"),
  "revision-m-x": generating("x"),
  "revision-no-message": generating(""),
  "revision-rev-id-dup":
    /^FAILED: Cannot write revision "020": a revision with that id exists.*\n$/,
  "revision-sql": /^FAILED: Using --sql with the revision command when revision_environment .*\n$/,
};

/** An id that is taken is refused instead of replacing what has it. */
const EXITS: Readonly<Record<string, number>> = { "revision-rev-id-dup": 255 };

databaseTest("the reference's conversations about revision", async (t, database) => {
  const file = `command-line/${database.dialect}.json`;
  const { cases } = await jsonFixture<{ cases: readonly Case[] }>(file);
  for (const { name, command, setup, exit } of cases) {
    const printed = PRINTED[name];
    if (!printed) continue;
    await t.step(name, async () => {
      await using source = await checkout();
      await using at = await place();
      await using own = await freshDatabase(database.dialect);
      await prepare(own, setup ?? "");
      const config = `[database]\nconnection = ${own.url}\n`;
      await Deno.writeTextFile(`${at.directory}/mistral.test.conf`, config);
      const outcome = await at.run(command, { CLI: source.cli });
      assert.match(outcome.stdout, printed);
      assert.equal(outcome.exit, EXITS[name] ?? exit);
    });
  }
}, { dialects: ["postgresql", "mysql"] });

Deno.test("revisions of a checkout are registered, formatted, and part of the chain", async () => {
  await using source = await checkout();
  await using at = await place();
  const run = (script: string) =>
    at.run(script, { CLI: source.cli, OS_DATABASE__CONNECTION: `sqlite:///${at.directory}/db` });
  const written = await run(
    'mistral-db-manage revision -m "First of all" && mistral-db-manage revision -m left &&' +
      "mistral-db-manage revision --rev-id r-t -m x; mistral-db-manage revision --rev-id right " +
      `--head ${next()} --splice -m right && mistral-db-manage merge heads -m both`,
  );
  assert.match(written.stdout, /^(Generating .*\n){2}FAILED: Character.*\n(Generating .*\n){2}$/);
  const upgraded = await run("mistral-db-manage upgrade head && mistral-db-manage current");
  assert.equal(upgraded.stdout, `${next(3)} (head) (mergepoint)\n`);
  for (const args of [["fmt", "--check"], ["check"]]) {
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [...args, "migrations/"],
      cwd: source.directory,
      env: { NO_COLOR: "1" },
    }).output();
    assert.ok(success, new TextDecoder().decode(stderr));
  }
});

Deno.test("a checkout that cannot be written to stays as it is", async () => {
  await using source = await checkout();
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--deny-write", "cli.ts", "revision", "-m", "x"],
    cwd: source.directory,
    env: { NO_COLOR: "1" },
  }).output();
  assert.equal(code, 1);
  assert.match(
    new TextDecoder().decode(stderr),
    new RegExp(
      `^Cannot write \\S+/migrations/${next()}_x\\.ts: this program was started without the ` +
        "permission for it; name a directory of your own .*\n$",
    ),
  );
});

Deno.test("without a checkout a directory has to be named", async () => {
  await using source = await checkout();
  await using at = await place();
  const bundled = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "--quiet", "--output", `${at.directory}/bundle.js`, "cli.ts"],
    cwd: source.directory,
  }).output();
  assert.ok(bundled.success, new TextDecoder().decode(bundled.stderr));
  const { exit, stdout, stderr } = await at.run(
    "mistral-db-manage revision -m x; mkdir own; mistral-db-manage revision --versions-path own -m x;" +
      "mistral-db-manage heads --versions-path own",
    { CLI: `${at.directory}/bundle.js` },
  );
  assert.match(stderr, /^Cannot write a revision: this program does not run from a checkout .*\n$/);
  assert.equal(stdout, "Generating own/site001_x.ts ...  done\nsite001 (head)\n");
  assert.equal(exit, 0);
});
