/**
 * Other ways to do the same work.
 *
 * @module
 */
import { dialects } from "../tools/dialects.ts";
import { upgradeScript } from "../../lib/engine/mod.ts";
import type { DialectName } from "../../lib/sql/dialect_name.ts";
import { migrations } from "../../migrations/mod.ts";
import { graph } from "../tools/migrations.ts";
import { programs } from "../tools/servers/packages.ts";
import { PASSWORD, USER } from "../tools/servers/private_server.ts";
import { run } from "../tools/servers/process.ts";
import type { Command } from "./measure.ts";
import type { Place } from "./places.ts";

/** A way to do work on a database. */
export interface Opponent {
  readonly name: string;
  /** Prepares what its command needs besides the database; gives the command. */
  command(place: Place): Promise<Command>;
}

/** The real tool, from Debian's packages; they are installed where they are missing and we may. */
export function upstream(...args: readonly string[]): Opponent {
  const found = programs(["mistral-db-manage"], ["python3-mistral", "mistral-common"]);
  return {
    name: "upstream",
    async command({ config }) {
      return { line: [(await found)["mistral-db-manage"], "--config-file", config, ...args] };
    },
  };
}

const CLIENTS: Readonly<Record<DialectName, readonly [string, string]>> = {
  postgresql: ["psql", "postgresql-client"],
  mysql: ["mariadb", "mariadb-client"],
  sqlite: ["sqlite3", "sqlite3"],
};

/** The command by which a database's own client applies a script. */
async function applied(place: Place, script: string): Promise<Command> {
  const path = await Deno.makeTempFile({ suffix: ".sql" });
  await Deno.writeTextFile(path, script);
  const [program, ...packages] = CLIENTS[place.dialect];
  const client = (await programs([program], packages))[program]!;
  if (place.dialect === "postgresql") {
    return { line: [client, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", path, place.url] };
  }
  if (place.dialect === "sqlite") {
    return {
      line: ["sh", "-c", `exec ${client} ${new URL(place.url).pathname.slice(1)} <${path}`],
    };
  }
  const { hostname, port, pathname } = new URL(place.url);
  const options = `--no-defaults -h ${hostname} -P ${port} -u ${USER} ${pathname.slice(1)}`;
  const env = { MYSQL_PWD: PASSWORD };
  return { line: ["sh", "-c", `exec ${client} ${options} <${path}`], env };
}

const scriptOf = (dialect: DialectName, range: string): string =>
  upgradeScript(graph, range, dialects[dialect], { generator: "bench", guard: false }).join("");

/** The database's own client, fed the script of every revision. */
export const clientWithScript: Opponent = {
  name: "the native client, every revision",
  command: (place) => applied(place, scriptOf(place.dialect, "head")),
};

/** The database's own client, fed what an expert would write for these rows. */
export const clientByHand: Opponent = {
  name: "the native client, written by hand",
  async command(place) {
    const path = new URL(`by_hand/019-045.${place.dialect}.sql`, import.meta.url);
    return await applied(place, await Deno.readTextFile(path));
  },
};

const DBMATE = "2.36.0";

/** Installs dbmate; gives its path. */
async function installDbmate(): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "mistral-db-dbmate-" });
  await run(["npm", "install", "--silent", "--no-save", "--prefix", folder, `dbmate@${DBMATE}`]);
  return `${folder}/node_modules/@dbmate/linux-${
    Deno.build.arch === "aarch64" ? "arm64" : "x64"
  }/bin/dbmate`;
}

/** One file a revision, as dbmate wants them; the scripts have transactions of their own. */
async function writeMigrations(dialect: DialectName): Promise<string> {
  const folder = await Deno.makeTempDir();
  const ids = migrations.map(({ id }) => id);
  for (const [index, id] of ids.entries()) {
    const script = scriptOf(dialect, index === 0 ? id : `${ids[index - 1]}:${id}`);
    const body = `-- migrate:up transaction:false\n${script}\n-- migrate:down\n`;
    await Deno.writeTextFile(`${folder}/20200101000${id}_migration.sql`, body);
  }
  return folder;
}

let dbmatePath: Promise<string> | undefined;

/** dbmate, a migration tool in Go, fed the statements of every revision. */
export const dbmate: Opponent = {
  name: "dbmate",
  async command({ dialect, url }) {
    const program = await (dbmatePath ??= installDbmate());
    const own = dialect === "postgresql" ? `${url}?sslmode=disable` : url;
    const folder = await writeMigrations(dialect);
    return { line: [program, "--url", own, "-d", folder, "--no-dump-schema", "migrate"] };
  },
};

/** Deno, which does nothing. */
export async function emptyFile(): Promise<Opponent> {
  const path = await Deno.makeTempFile({ suffix: ".js" });
  return {
    name: "Deno on an empty file",
    command: () => Promise.resolve({ line: [Deno.execPath(), "run", path] }),
  };
}
