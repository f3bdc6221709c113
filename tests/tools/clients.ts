/**
 * The databases' own command line clients, as a DBA uses them.
 *
 * @module
 */
import type { DialectName } from "../../lib/servers/database.ts";
import { databaseTest, DIALECTS, isAvailable, type TestDatabase } from "./databases.ts";
import { installed, isSkipped } from "./needs.ts";
import { programs } from "./servers/packages.ts";

/** How a client ended and what it said. */
export interface ClientResult {
  readonly code: number;
  readonly stderr: string;
}

const PACKAGES = {
  psql: ["postgresql-client"],
  mariadb: ["mariadb-client"],
  sqlite3: ["sqlite3"],
} as const;

const CLIENTS: Readonly<Record<DialectName, keyof typeof PACKAGES>> = {
  postgresql: "psql",
  mysql: "mariadb",
  sqlite: "sqlite3",
};

function argumentsFor(database: TestDatabase): readonly string[] {
  const { dialect, url, name } = database;
  if (dialect === "postgresql") return ["-X", "-q", "-v", "ON_ERROR_STOP=1", url];
  if (dialect === "sqlite") return [name];
  const { hostname, port, username } = new URL(url);
  return ["--no-defaults", "-h", hostname, "-P", port, "-u", username, name];
}

const paths = new Map<string, Promise<string>>();

/** The path of a client; the package is installed where it is missing and we may. */
function pathOf(client: keyof typeof PACKAGES): Promise<string> {
  const path = paths.get(client) ??
    programs([client], PACKAGES[client]).then((found) => found[client]);
  paths.set(client, path);
  return path;
}

async function hasClient(dialect: DialectName): Promise<boolean> {
  const client = CLIENTS[dialect];
  const need = installed([client], PACKAGES[client]);
  return isAvailable(dialect) && !await isSkipped(`scripts for ${client}`, need);
}

const SCRIPTABLE = new Map(
  await Promise.all(DIALECTS.map(async (one) => [one, await hasClient(one)] as const)),
);

/** Registers a test that gives scripts to the clients, as `databaseTest` does. */
export const scriptTest: typeof databaseTest = (name, test, options = {}) => {
  for (const dialect of options.dialects ?? DIALECTS) {
    const ignore = options.ignore || !SCRIPTABLE.get(dialect);
    databaseTest(name, test, { ...options, dialects: [dialect], ignore });
  }
};

/** Feeds a script to the database's client on its standard input. */
export async function runScript(
  database: TestDatabase,
  script: string,
  extra: readonly string[] = [],
): Promise<ClientResult> {
  const password = database.dialect === "mysql" ? new URL(database.url).password : "";
  const process = new Deno.Command(await pathOf(CLIENTS[database.dialect]), {
    args: [...argumentsFor(database), ...extra],
    env: { MYSQL_PWD: password },
    stdin: "piped",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const writing = new Response(script).body!.pipeTo(process.stdin).catch(() => {});
  const { code, stderr } = await process.output();
  await writing;
  return { code, stderr: new TextDecoder().decode(stderr) };
}
