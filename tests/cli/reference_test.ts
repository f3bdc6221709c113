/** Every conversation with the reference command line, had with this program. */
import assert from "node:assert/strict";
import { usage } from "../../lib/cli/argv/usage.ts";
import { COMMANDS } from "../../lib/commands/table.ts";
import type { Database } from "../../lib/servers/database.ts";
import { type Catalog, readCatalog } from "../tools/catalog.ts";
import { freshDatabase, isAvailable, type TestDatabase } from "../tools/databases.ts";
import { jsonFixture } from "../tools/fixtures.ts";
import { head } from "../tools/migrations.ts";
import { prepare, versionTable } from "../tools/prepared.ts";
import { type Outcome, type Place, place } from "../tools/program.ts";
import { PASSWORD } from "../tools/servers/private_server.ts";
import { inParallel } from "../tools/steps.ts";
import { ELSEWHERE, type Exception, EXCEPTIONS } from "./reference_exceptions.ts";

/** A conversation as the reference has it. */
interface Case {
  readonly name: string;
  readonly command: string;
  readonly setup: string | null;
  readonly config: string | null;
  readonly exit: number;
  readonly crash?: string;
  readonly stdout: string | null;
  readonly stderr?: string;
  readonly versionAfter: readonly string[] | "-";
  readonly schemaAfterEquals: readonly string[];
}

type ServerDialect = "postgresql" | "mysql";

/** Puts the private server in the place of the reference's. */
function relocated(text: string, { url, name }: TestDatabase): string {
  const { username, password, hostname, port } = new URL(url);
  return text
    .replace(
      /mistral:(secret|wrong)@127\.0\.0\.1:(\d+)/g,
      (_, word, was) =>
        `${username}:${word === "secret" ? password : word}@${hostname}:${was === "1" ? 1 : port}`,
    )
    .replaceAll("$DATABASE", name);
}

/** The command that a mistake is about, by the reference's usage. */
function usageOf(stderr: string): string {
  const name = /^usage: mistral-db-manage (\w+)/.exec(stderr)?.[1];
  return usage(COMMANDS.find((command) => command.name === name) ?? null);
}

/** An empty database gets its schema at once, where the reference runs one revision after another. */
function createdDirectly(stderr: string): string {
  const replayed =
    /^INFO .* Running upgrade {2}-> 001, .*\n(?:INFO .* Running .*\n(?: .*\n|\w+\n)?)+/m;
  return stderr.replace(replayed, (lines) => {
    const revisions = [...lines.matchAll(/Running upgrade \w* -> (\w+),/g)].map(([, to]) => to);
    return `INFO  [mistral-db-manage] Creating the schema of ${revisions.at(-1)} directly ` +
      `(${revisions.length} revisions)\n`;
  });
}

/** What the reference says, with our usage in the place of its. */
function expectedStderr(stderr: string, isScript: boolean): string {
  if (!stderr.startsWith("usage:")) return isScript ? stderr : createdDirectly(stderr);
  const error = stderr.slice(stderr.lastIndexOf("\nmistral-db-manage"));
  return usageOf(stderr) + error;
}

function assertText(actual: string, expected: string | RegExp, stream: string): void {
  if (typeof expected === "string") assert.equal(actual, expected, stream);
  else assert.match(actual, expected, stream);
}

function assertOutcome(outcome: Outcome, reference: Case, exception: Partial<Exception>): void {
  const { exit, stdout, stderr } = exception;
  const theirs = expectedStderr(reference.stderr ?? "", reference.command.includes("--sql"));
  assertText(
    outcome.stderr,
    typeof stderr === "function" ? stderr(theirs) : stderr ?? theirs,
    "stderr",
  );
  assertText(outcome.stdout, stdout ?? reference.stdout ?? "", "stdout");
  assert.equal(outcome.exit, exit ?? reference.exit, "exit code");
  assert.ok(!`${outcome.stdout}${outcome.stderr}`.includes(PASSWORD), "no password is shown");
}

/** The catalog of a state that the reference names; of several names all mean the same catalog. */
async function catalogOf(state: string, dialect: ServerDialect): Promise<Catalog> {
  if (state === "empty") return {};
  const only = state === "alembic_version";
  const path = `schema/${dialect}/${only ? "001" : state}.json`;
  const { tables } = await jsonFixture<{ tables: Catalog }>(path);
  return only ? { alembic_version: tables.alembic_version! } : tables;
}

async function assertState(
  connection: Database,
  { versionAfter, schemaAfterEquals }: Pick<Case, "versionAfter" | "schemaAfterEquals">,
): Promise<void> {
  const dialect = connection.server.rules.dialect as ServerDialect;
  const expected = await catalogOf(schemaAfterEquals[0]!, dialect);
  const { alembic_version: _, ...without } = expected;
  const hasTable = versionAfter !== "-";
  assert.deepEqual(await versionTable(connection), versionAfter, "version table");
  assert.deepEqual(await readCatalog(connection), hasTable ? expected : without, "schema");
}

async function writeConfigs(
  at: Place,
  config: string | null,
  database: TestDatabase,
): Promise<void> {
  await Deno.mkdir(`${at.directory}/conf.d`);
  await Deno.writeTextFile(
    `${at.directory}/conf.d/mistral.conf`,
    `[database]\nconnection = ${database.url}\n`,
  );
  if (config !== null) {
    await Deno.writeTextFile(`${at.directory}/mistral.test.conf`, relocated(config, database));
  }
}

async function converse(reference: Case, dialect: ServerDialect): Promise<void> {
  const found = EXCEPTIONS[reference.name];
  const exception: Partial<Exception> = found && (found.only ?? dialect) === dialect ? found : {};
  await using database = await freshDatabase(dialect);
  await using at = await place();
  const { config } = reference;
  await writeConfigs(
    at,
    config && exception.config ? `${config}${exception.config}\n` : config,
    database,
  );
  await prepare(database, reference.setup ?? "");
  const outcome = await at.run(relocated(reference.command, database));
  assertOutcome(outcome, reference, exception);
  await using connection = await database.connect();
  await assertState(connection, { ...reference, ...exception });
}

/** The newest revision of the reference; of later ones it says nothing. */
const REFERENCE_HEAD = "045";

/** Whether a conversation depends on which revision is the newest. */
const isAboutHead = (reference: Case): boolean =>
  /\bhead|history|045/.test(JSON.stringify(reference));

const isElsewhere = ({ command }: Case) =>
  command.split(" ").some((word) => ELSEWHERE.includes(word));

for (const dialect of ["postgresql", "mysql"] as const) {
  Deno.test({
    name: `the reference's conversations (${dialect})`,
    ignore: !isAvailable(dialect),
    fn: async (t) => {
      const { cases } = await jsonFixture<{ cases: readonly Case[] }>(
        `command-line/${dialect}.json`,
      );
      const steps = cases.map((reference) => {
        const isBeyond = head !== REFERENCE_HEAD && isAboutHead(reference);
        const where = isElsewhere(reference)
          ? ": in revision_test.ts"
          : isBeyond
          ? `: the reference ends at ${REFERENCE_HEAD}`
          : "";
        return {
          name: reference.name + where,
          ignore: where !== "",
          fn: () => converse(reference, dialect),
        };
      });
      await inParallel(t, steps);
    },
  });
}

Deno.test("every exception is about a case of the reference", async () => {
  const { cases } = await jsonFixture<{ cases: readonly Case[] }>("command-line/mysql.json");
  const names = cases.map(({ name }) => name);
  for (const name of Object.keys(EXCEPTIONS)) assert.ok(names.includes(name), name);
});
