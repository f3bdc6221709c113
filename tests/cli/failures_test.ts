/** What programs are told of failures: the remedy and what was done, not pieces of the message. */
import assert from "node:assert/strict";
import { raw } from "../../lib/sql/statement.ts";
import { databaseTest } from "../tools/databases.ts";
import { runHere } from "../tools/in_process.ts";
import { upgradeTo } from "../tools/migrations.ts";

interface Case {
  /** The revision that the database is at. */
  readonly at?: string;
  /** A statement that it is changed by. */
  readonly sql?: string;
  readonly line: string;
  readonly error: RegExp;
  readonly remedy: string | null;
}

const UNSTAMP = "DELETE FROM alembic_version";

const CASES: Readonly<Record<string, Case>> = {
  "a database like one of a revision, without its row": {
    at: "005",
    sql: UNSTAMP,
    line: "upgrade head",
    error: /tells their revision; they look like revision 005; run "stamp 005" and then this/,
    remedy: 'run "stamp 005" and then this command again',
  },
  "a database like that of no revision, without its row": {
    at: "005",
    sql: `${UNSTAMP}; ALTER TABLE workbooks_v2 ADD x INT`,
    line: "upgrade head",
    error:
      /^Cannot upgrade: the database has tables of Mistral .*tells their revision; run "adopt"/,
    remedy: 'run "adopt" to find the closest revision and list the differences; ' +
      "if the tables are not needed, drop them or name another database",
  },
  "definitions with errors": {
    at: "head",
    line: "populate --from {FILES}",
    error: /^Cannot populate from \S+: its files have errors; nothing was written\n/,
    remedy: null,
  },
  "a stamp that is verified": {
    at: "003",
    line: "stamp 007 --verify",
    error: /^The schema does not match 007: \d+ differences; nothing was changed; "adopt" shows/,
    remedy: '"adopt" shows them',
  },
  "a database in memory": {
    line: "--connection sqlite:// upgrade head",
    error:
      /it is in memory and would be lost when the program ends \(set in --connection\); name a file/,
    remedy: "name a file, as in sqlite:////var/lib/mistral/mistral.sqlite",
  },
  "a revision that is misspelled": {
    line: "upgrade zedd",
    error: /^Can't locate revision identified by 'zedd'$/,
    remedy: 'Did you mean the release "zed"?',
  },
  "a revision to merge that is misspelled": {
    line: "merge heads zedd -m together",
    error: /^Can't locate revision identified by 'zedd'$/,
    remedy: 'Did you mean the release "zed"?',
  },
  "a parent of a new revision that is misspelled": {
    line: "revision -m new --head zedd",
    error: /^Can't locate revision identified by 'zedd'$/,
    remedy: 'Did you mean the release "zed"?',
  },
  "a revision that is newer than this program": {
    at: "003",
    sql: "UPDATE alembic_version SET version_num = '999'",
    line: "upgrade head",
    error: /^Can't locate revision identified by '999'$/,
    remedy: "use that release, restore a backup from before it, or name the directory of the " +
      'site\'s revisions with --versions-path; "upgrade --allow-newer head" succeeds and ' +
      "changes nothing",
  },
  "an option that is misspelled": {
    line: "plan --drect",
    error: /^unrecognized arguments: --drect; did you mean '--direct'\?$/,
    remedy: "did you mean '--direct'?",
  },
};

for (const [what, { at, sql, line, error, remedy }] of Object.entries(CASES)) {
  databaseTest(`the remedy for ${what}`, async (_t, database) => {
    await using connection = await database.connect();
    if (at !== undefined) await upgradeTo(connection, at);
    for (const text of sql?.split("; ") ?? []) await connection.execute(raw(text));
    const files = await Deno.makeTempDir({ prefix: "mistral-db-test-" });
    try {
      await Deno.writeTextFile(`${files}/w.yaml`, "version: 2.0\nw: {tasks: {t: {nothing: 1}}}\n");
      const words = line.replace("{FILES}", files).split(" ");
      const { stdout } = await runHere(["--connection", database.url, "--json", ...words]);
      const failure = JSON.parse(stdout);
      assert.match(failure.error, error);
      assert.equal(failure.remedy, remedy);
      assert.equal(failure.done, null);
    } finally {
      await Deno.remove(files, { recursive: true });
    }
  }, { dialects: ["sqlite"] });
}

databaseTest("what a server advises in its own words is no remedy", async (_t, database) => {
  await using connection = await database.connect();
  await assert.rejects(connection.execute(raw("SELECT FROM WHERE")), {
    name: "DatabaseError",
    message: /syntax/i,
    remedy: null,
    done: null,
  });
});

const WRONG_USAGE: readonly (readonly [line: string, exit: number])[] = [
  ["plan --drect", 1],
  ["plan 041 042", 1],
  ["plan --direct --step-by-step", 1],
  ["doctor --x", 255],
  ["doctor now", 255],
  ["upgrade head --drect", 2],
  ["stamp", 2],
  ["schema --format none", 2],
];

for (const [line, expected] of WRONG_USAGE) {
  Deno.test(`the exit code of wrong usage is no result: ${line}`, async () => {
    const { exit, stderr } = await runHere(["--connection", "sqlite://", ...line.split(" ")]);
    assert.match(stderr, /^usage: .*\n.* error: /s);
    assert.equal(exit, expected);
  });
}
