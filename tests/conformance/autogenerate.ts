/**
 * Runs a file of schema pairs on a private server and prints the failures and the score:
 *
 *     deno task conformance:autogenerate tests/fixtures/autogenerate/autogenerate-mysql.json
 *
 * A pair passes when exactly the true differences are found between the database that was made of
 * the one schema and the declaration of the other, and when running what was found leaves none.
 *
 * @module
 */
import { resolve } from "node:path";
import type { Database } from "../../lib/servers/database.ts";
import { compareDeclared } from "../../lib/engine/drift/autogenerate.ts";
import { declare } from "../../lib/operations/declare.ts";
import { express } from "../../lib/operations/express.ts";
import { resolveAll } from "../../lib/operations/resolve.ts";
import { type AppliedChange, applyEach } from "../../lib/schema/apply.ts";
import { diff, transition } from "../../lib/schema/diff/mod.ts";
import type { DialectName } from "../../lib/sql/dialect_name.ts";
import { raw } from "../../lib/sql/statement.ts";
import { freshDatabase } from "../tools/databases.ts";
import { makeCertificates } from "../tools/servers/certificates.ts";
import { startMariadb } from "../tools/servers/mariadb.ts";
import { startPostgresql } from "../tools/servers/postgresql.ts";
import {
  isPartOfDroppedTable,
  type Item,
  itemsOfChanges,
  normalized,
} from "./autogenerate_items.ts";
import { type FileSchema, operationsOf } from "./autogenerate_schema.ts";

/** One pair of a file. */
export interface Case {
  readonly dialect: "postgresql" | "mysql";
  readonly name: string;
  readonly from: FileSchema;
  readonly to: FileSchema;
  readonly fromDdl: readonly string[];
  readonly detects?: readonly Item[];
  readonly trueDifference?: readonly Item[];
}

/** A case that failed. */
export interface Failure {
  readonly name: string;
  /** What should have been found and was not. */
  readonly missing: readonly string[];
  /** What should not have been found. */
  readonly surplus: readonly string[];
  /** What went wrong with running what was found. */
  readonly problem?: string;
}

const sortedText = (value: unknown): string =>
  JSON.stringify(
    value,
    (_key, inner) =>
      inner && typeof inner === "object" && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => a < b ? -1 : 1))
        : inner,
  );

/** What only one of two lists has. */
function without(list: readonly string[], other: readonly string[]): readonly string[] {
  const left = [...other];
  return list.filter((text) => {
    const index = left.indexOf(text);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

/** Runs what was found, and gives what is left to find then. */
async function runAndCompareAgain(
  connection: Database,
  { live, declared }: Awaited<ReturnType<typeof compareDeclared>>,
): Promise<string | undefined> {
  const server = connection.server;
  const changes = transition(live, declared.schema, declared.anyName);
  const operations = express(changes, live, declared).flatMap((one) => one.operations);
  await execute(connection, resolveAll(operations, live, server.rules));
  const again = await compareDeclared(connection, declared);
  const left = diff(again.live, again.declared.schema, declared.anyName);
  return left.length > 0 ? `left after running it: ${JSON.stringify(left)}` : undefined;
}

/** Makes the changes that come from operations. */
async function execute(connection: Database, changes: readonly AppliedChange[]) {
  for (const step of connection.server.spelling.compile(changes)) {
    for (const statement of step.statements) await connection.execute(statement);
  }
}

/** The statements in the files have runs of blanks made one, also inside of a default. */
async function restoreBlanks(connection: Database, { from }: Case): Promise<void> {
  const { schema } = declare(operationsOf(from), connection.server.rules);
  const live = await connection.server.catalog.introspect(connection);
  const shortened = diff(live, schema, () => true).filter((change) =>
    change.kind === "alter" && /\s{2}/.test(JSON.stringify(change.item.default))
  );
  await execute(connection, applyEach(live, shortened));
}

/** Runs one case in an empty database. */
async function run(connection: Database, given: Case) {
  for (const statement of given.fromDdl) await connection.execute(raw(statement));
  await restoreBlanks(connection, given);
  const comparison = await compareDeclared(
    connection,
    declare(operationsOf(given.to), connection.server.rules),
  );
  const { live: from, declared } = comparison;
  const setting = { dialect: connection.server.rules.dialect, from, declared };
  const found = itemsOfChanges(diff(from, declared.schema, declared.anyName), setting)
    .map(sortedText);
  const expected = (given.trueDifference ?? given.detects ?? [])
    .filter((item) => !isPartOfDroppedTable(item, setting))
    .map((item) => sortedText(normalized(item, setting)));
  const problem = await runAndCompareAgain(connection, comparison)
    .catch((error) => error instanceof Error ? error.message : String(error));
  const failure: Failure = {
    name: given.name,
    missing: without(expected, found),
    surplus: without(found, expected),
    ...(problem ? { problem } : {}),
  };
  return failure.missing.length + failure.surplus.length > 0 || problem ? failure : null;
}

/** The failures among all cases of a parsed file. */
export async function score(cases: readonly Case[]): Promise<{
  readonly passed: number;
  readonly failures: readonly Failure[];
}> {
  const failures: Failure[] = [];
  for (const given of cases) {
    await using database = await freshDatabase(given.dialect, { charset: "utf8mb4" });
    await using connection = await database.connect();
    const failure = await run(connection, given);
    if (failure) failures.push(failure);
  }
  return { passed: cases.length - failures.length, failures };
}

const STARTERS = { postgresql: startPostgresql, mysql: startMariadb } as const;

/** Starts the servers that the cases need, and says in the environment where they are. */
async function startServers(
  needed: ReadonlySet<DialectName>,
  servers: AsyncDisposableStack,
): Promise<void> {
  const certificates = await Deno.makeTempDir({ prefix: "mistral-db-test-" });
  servers.defer(() => Deno.remove(certificates, { recursive: true }));
  await Deno.chmod(certificates, 0o755);
  await makeCertificates(certificates);
  for (const [dialect, start] of Object.entries(STARTERS)) {
    if (!needed.has(dialect as DialectName)) continue;
    const { environment } = servers.use(await start(certificates));
    for (const [name, value] of Object.entries(environment)) Deno.env.set(name, value);
  }
}

async function main([file]: readonly string[]): Promise<number> {
  if (file === undefined) {
    console.error("Cannot run schema pairs: no file is given; name one");
    return 2;
  }
  // "deno task" changes to the project's folder first, and tells where it was called.
  const path = resolve(Deno.env.get("INIT_CWD") ?? ".", file);
  const cases: readonly Case[] = JSON.parse(await Deno.readTextFile(path));
  await using servers = new AsyncDisposableStack();
  await startServers(new Set(cases.map(({ dialect }) => dialect)), servers);
  const { passed, failures } = await score(cases);
  for (const { name, missing, surplus, problem } of failures) {
    console.log(name);
    for (const item of missing) console.log(`  missing ${item}`);
    for (const item of surplus) console.log(`  surplus ${item}`);
    if (problem) console.log(`  ${problem.replaceAll("\n", "\n  ")}`);
  }
  console.log(`${passed} passed, ${failures.length} failed`);
  return failures.length === 0 ? 0 : 1;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
