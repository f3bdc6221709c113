/**
 * Databases for tests: an empty one for each, on the servers that `deno task test` has started, or
 * in a file.
 *
 * @module
 */
import { open } from "../../lib/servers/connecting/connect.ts";
import type { Database, DialectName } from "../../lib/servers/database.ts";
import { connectionSettings } from "../../lib/servers/connecting/url/connection_settings.ts";
import { Secret } from "../../lib/servers/connecting/url/secret.ts";
import type { ConnectionSettings } from "../../lib/servers/connecting/url/settings.ts";
import { raw } from "../../lib/sql/statement.ts";

/** The databases that tests run on. */
export const DIALECTS: readonly DialectName[] = ["postgresql", "mysql", "sqlite"];

/** Environment variables with the URL of a server and a user who may do everything there. */
const SERVER_URLS = { postgresql: "TEST_POSTGRESQL_URL", mysql: "TEST_MYSQL_URL" } as const;

/** A database that only one test uses; disposing drops it. */
export interface TestDatabase extends AsyncDisposable {
  readonly dialect: DialectName;
  /** Its name on the server; the path of the file on SQLite. */
  readonly name: string;
  /** URL in the form that an operator would write. */
  readonly url: string;
  readonly settings: ConnectionSettings;
  /** Opens a session on it. */
  connect(): Promise<Database>;
}

/** What a new database is to be like. */
export interface DatabaseOptions {
  /** Character set on MySQL; `utf8mb3`, that of the reference catalogs, unless it is given. */
  readonly charset?: "utf8mb3" | "utf8mb4";
  /** The URL of a server of one's own; the one for all tests unless it is given. */
  readonly server?: string | undefined;
}

/** Whether tests on a database can run; if not, they count as ignored. */
export function isAvailable(dialect: DialectName): boolean {
  return dialect === "sqlite" || Deno.env.has(SERVER_URLS[dialect]);
}

/** The URL of a private server, with a database of one's own choice. */
export function serverUrl(dialect: "postgresql" | "mysql", database: string): string {
  const url = Deno.env.get(SERVER_URLS[dialect]);
  if (url === undefined) throw new Error(`${SERVER_URLS[dialect]} is not set; use deno task test`);
  return withDatabase(url, database);
}

/** The parameters stay. */
const withDatabase = (url: string, database: string) =>
  url.replace(/\/[^/?]*(?=\?|$)/, `/${database}`);

const CREATE: Readonly<Record<"postgresql" | "mysql", (name: string, charset: string) => string>> =
  {
    postgresql: (name) => `CREATE DATABASE ${name}`,
    mysql: (name, charset) => `CREATE DATABASE ${name} CHARACTER SET ${charset}`,
  };

/** Sessions that a test has left would be in the way; before version 13 DROP has no word for them. */
const END_SESSIONS = (name: string) =>
  `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`;

async function dropDatabase(
  dialect: "postgresql" | "mysql",
  url: string,
  name: string,
): Promise<void> {
  if (dialect === "postgresql") await administer(dialect, url, END_SESSIONS(name));
  await administer(dialect, url, `DROP DATABASE IF EXISTS ${name}`);
}

/** Names of databases must not meet, whichever process makes them. */
function uniqueName(): string {
  return `test_${crypto.randomUUID().replaceAll("-", "").slice(0, 16)}`;
}

/** Runs one statement on a server, as the user who may do everything there. */
async function administer(
  dialect: "postgresql" | "mysql",
  url: string,
  statement: string,
): Promise<void> {
  const database = dialect === "postgresql" ? "postgres" : "";
  const settings = connectionSettings(new Secret(withDatabase(url, database)));
  await using connection = await open(settings);
  await connection.execute(raw(statement));
}

function testDatabase(
  dialect: DialectName,
  name: string,
  url: string,
  drop: () => Promise<void>,
): TestDatabase {
  const settings = connectionSettings(new Secret(url));
  const connect = () => open(settings);
  return { dialect, name, url, settings, connect, [Symbol.asyncDispose]: drop };
}

/** Makes an empty database. On SQLite there is no file yet. */
export async function freshDatabase(
  dialect: DialectName,
  { charset = "utf8mb3", server }: DatabaseOptions = {},
): Promise<TestDatabase> {
  if (dialect === "sqlite") return await freshFile();
  const name = uniqueName();
  const url = server === undefined ? serverUrl(dialect, name) : withDatabase(server, name);
  await administer(dialect, url, CREATE[dialect](name, charset));
  return testDatabase(dialect, name, url, () => dropDatabase(dialect, url, name));
}

async function freshFile(): Promise<TestDatabase> {
  const directory = await Deno.makeTempDir({ prefix: "mistral-db-test-" });
  const path = `${directory}/mistral.sqlite`;
  const drop = () => Deno.remove(directory, { recursive: true });
  return testDatabase("sqlite", path, `sqlite:///${path}`, drop);
}

/** Says once in a test file that it could not be tested in full. */
const warned = new Set<DialectName>();

function warn(dialect: DialectName): void {
  if (warned.has(dialect)) return;
  warned.add(dialect);
  console.error(`SKIPPED: tests on ${dialect}: no server; "deno task test" starts one`);
}

/** What a test does with a database. */
export type DatabaseTest = (t: Deno.TestContext, database: TestDatabase) => Promise<void>;

/** Which databases a test is for, and what they are to be like. */
export interface DatabaseTestOptions extends DatabaseOptions {
  /** All three unless given. */
  readonly dialects?: readonly DialectName[];
  /** Whether it cannot be run, for a reason that has been said loudly. */
  readonly ignore?: boolean;
}

/** Registers a test once for each database, each time with an empty one. */
export function databaseTest(
  name: string,
  test: DatabaseTest,
  options: DatabaseTestOptions = {},
): void {
  for (const dialect of options.dialects ?? DIALECTS) {
    if (!isAvailable(dialect)) warn(dialect);
    Deno.test({
      name: `${name} (${dialect})`,
      ignore: options.ignore || !isAvailable(dialect),
      fn: async (t) => {
        await using database = await freshDatabase(dialect, options);
        await test(t, database);
      },
    });
  }
}
