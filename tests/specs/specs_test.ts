/**
 * Conversations with the program, each a folder of files in `tests/specs/<area>/<name>/`:
 *
 * - `command`: a shell script; `mistral-db-manage` is the program
 * - `databases`: the databases that it is run on, one a line; without it, once and on none.
 *   `TEST_ONE_DATABASE` leaves it at one of them, SQLite if it may be
 * - `config`: what `$DIR/mistral.conf` says
 * - `setup`: what is done to the database before: lines of `upgrade REVISION`, `stamp REVISION`, SQL
 * - `stdout`, `stderr`: what the program says; `stderr.mysql` instead of `stderr` on that database.
 *   In a line `[..]` stands for anything, and a line `...` for any number of lines
 * - `exit`: the exit code, 0 without it
 * - `version`: the rows of the version table after it, or `-` for no table
 *
 * `deno task fixtures` writes the texts of the area `help` anew, which every new command changes.
 *
 * `{{head}}` is the newest revision, `{{head-1}}` the one before it, `{{head+1}}` the next one that
 * `revision` would write; `{{message}}` and `{{message-1}}` are what the first two are for,
 * `{{count}}` is how many there are, and `{{release}}` is the newest release.
 *
 * `$DIR` is the directory that it runs in, `$URL` is the database's, and `$WRONG_PASSWORD_URL`,
 * `$DOWN_URL` and `$NO_DATABASE_URL` are others that lead nowhere.
 */
import assert from "node:assert/strict";
import { freshDatabase, isAvailable, type TestDatabase } from "../tools/databases.ts";
import type { DialectName } from "../../lib/servers/database.ts";
import { RELEASES } from "../../lib/revisions/target/releases.ts";
import { migrations } from "../../migrations/mod.ts";
import { isRenewing } from "../tools/fixtures.ts";
import { prepare, versionTable } from "../tools/prepared.ts";
import { type Outcome, place } from "../tools/program.ts";
import { PASSWORD } from "../tools/servers/private_server.ts";
import { inParallel, type Step } from "../tools/steps.ts";

type Files = Readonly<Record<string, string>>;

const ROOT = new URL("./", import.meta.url);

async function namesIn(folder: URL): Promise<readonly string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.filter(({ isDirectory }) => isDirectory).map(({ name }) => name).toSorted();
}

async function filesIn(folder: URL): Promise<Files> {
  const files: Record<string, string> = {};
  for await (const { name } of Deno.readDir(folder)) {
    files[name] = await Deno.readTextFile(new URL(name, folder));
  }
  return files;
}

/** URLs of databases by the names that specs have for them. */
function urlsOf({ dialect, url }: TestDatabase): Record<string, string> {
  if (dialect === "sqlite") return { URL: url };
  const changed = (change: (parts: URL) => void) => {
    const parts = new URL(url);
    change(parts);
    return parts.href;
  };
  return {
    URL: url,
    WRONG_PASSWORD_URL: changed((parts) => parts.password = "wrong-password"),
    DOWN_URL: changed((parts) => parts.port = "1"),
    NO_DATABASE_URL: changed((parts) => parts.pathname = "/no_such_database"),
  };
}

/** What stands for the newest revisions, so that another one changes no conversation. */
function placeholder(what: string, away: number): string {
  if (what === "count") return String(migrations.length);
  if (what === "release") return RELEASES.at(-1)!.series;
  const { id, message } = migrations.at(-1 + Math.min(away, 0))!;
  if (what === "message") return message;
  return away > 0 ? String(Number(id) + away).padStart(id.length, "0") : id;
}

function filledIn(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(/\$([A-Z_]+)/g, (whole, name) => variables[name] ?? whole)
    .replace(
      /\{\{(head|message|count|release)([-+]\d)?\}\}/g,
      (_, what, away) => placeholder(what, Number(away ?? 0)),
    );
}

/** What a text of a spec matches. */
function pattern(text: string): RegExp {
  const lines = text.split(/(?<=\n)/).map((line) => {
    if (line === "...\n") return "(?:.*\n)*";
    return line.split("[..]").map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join(".*");
  });
  return new RegExp(`^${lines.join("")}$`);
}

function assertText(actual: string, expected: string, stream: string): void {
  if (pattern(expected).test(actual)) return;
  assert.equal(actual, expected, stream);
}

/** Takes what the program says now for what it is to say, where that is wanted. */
async function rewrite(folder: URL, { stdout, stderr }: Outcome): Promise<void> {
  for (const [name, text] of Object.entries({ stdout, stderr })) {
    if (text !== "") await Deno.writeTextFile(new URL(name, folder), text);
  }
}

async function converse(folder: URL, database: TestDatabase | null): Promise<void> {
  const files = await filesIn(folder);
  await using at = await place();
  const variables = { ...(database ? urlsOf(database) : {}), DIR: at.directory };
  if (files.config !== undefined) {
    await Deno.writeTextFile(`${at.directory}/mistral.conf`, filledIn(files.config, variables));
  }
  if (database) await prepare(database, filledIn(files.setup ?? "", variables));
  const outcome = await at.run(filledIn(files.command!, {}), variables);
  if (
    isRenewing && folder.href.includes("/specs/help/") &&
    !folder.href.includes("/version/")
  ) await rewrite(folder, outcome);
  const expected = (name: string) =>
    filledIn(files[`${name}.${database?.dialect}`] ?? files[name] ?? "", variables);
  assertText(outcome.stderr, expected("stderr"), "stderr");
  assertText(outcome.stdout, expected("stdout"), "stdout");
  assert.equal(outcome.exit, Number(files.exit ?? 0), "exit code");
  const said = outcome.stdout + outcome.stderr;
  for (const secret of [PASSWORD, "wrong-password"]) assert.ok(!said.includes(secret), secret);
  if (database && files.version !== undefined) {
    const rows = filledIn(files.version, {}).trim().split("\n").filter((row) => row !== "");
    await using connection = await database.connect();
    assert.deepEqual(await versionTable(connection), rows[0] === "-" ? "-" : rows, "version table");
  }
}

/** Where a conversation is held. */
function chosen(databases: readonly DialectName[]): readonly DialectName[] {
  if (!Deno.env.has("TEST_ONE_DATABASE")) return databases;
  const first = databases.find((dialect) => dialect === "sqlite") ?? databases.find(isAvailable);
  return first === undefined ? databases : [first];
}

async function stepsOf(name: string, folder: URL): Promise<readonly Step[]> {
  const files = await filesIn(folder);
  const databases = (files.databases ?? "").trim().split("\n").filter((line) => line !== "");
  if (databases.length === 0) return [{ name, fn: () => converse(folder, null) }];
  return chosen(databases as DialectName[]).map((dialect) => ({
    name: `${name} (${dialect})`,
    ignore: !isAvailable(dialect),
    fn: async () => {
      await using database = await freshDatabase(dialect);
      await converse(folder, database);
    },
  }));
}

for (const area of await namesIn(ROOT)) {
  Deno.test(`conversations: ${area}`, async (t) => {
    const folder = new URL(`${area}/`, ROOT);
    const specs = (await namesIn(folder)).map((name) => stepsOf(name, new URL(`${name}/`, folder)));
    await inParallel(t, (await Promise.all(specs)).flat());
  });
}
