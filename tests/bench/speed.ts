/**
 * How fast the program is beside upstream's, and how much memory it takes: whole processes, in
 * turns, on private servers. Ratios of medians of one run, since only they survive a change of
 * machine. Upstream's program must be on the PATH (Debian: python3-mistral and mistral-common).
 *
 *     deno task bench            the packed program, and then the checkout
 *     BENCH_ROWS=200000 deno task bench     with as many tasks, and as many actions
 *
 * @module
 */
import { makeCertificates } from "../tools/servers/certificates.ts";
import { startMariadb } from "../tools/servers/mariadb.ts";
import { startPostgresql } from "../tools/servers/postgresql.ts";
import { type Connection, connectionSettings, open, Secret } from "../../lib/drivers/mod.ts";
import { raw } from "../../lib/sql/statement.ts";
import { upgradeTo } from "../tools/migrations.ts";
import { fillAt019 } from "./data.ts";

const ROUNDS = 7;

/** Tasks, and actions, of the upgrade of a used database. */
const ROWS = Number(Deno.env.get("BENCH_ROWS") ?? 20_000);
const CLI = new URL("../../cli.ts", import.meta.url).pathname;
const UPSTREAM = "mistral-db-manage";

type Server = "postgresql" | "mysql";

/** What one process took. */
interface Measured {
  readonly milliseconds: number;
  /** Peak resident memory in MiB. */
  readonly memory: number;
}

/** The most resident memory that a process has had, as Linux tells; 0 once it has ended. */
async function peakMemory(pid: number): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`).catch(() => "");
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
}

/** Runs a command; watches its memory instead of its time when told to, since watching costs time. */
async function measure(command: readonly string[], watchMemory = false): Promise<Measured> {
  const began = performance.now();
  const [program, ...args] = command;
  const process = new Deno.Command(program!, { args, stdout: "null", stderr: "piped" }).spawn();
  let memory = 0;
  const watch = async () => memory = Math.max(memory, await peakMemory(process.pid));
  const sampler = watchMemory ? setInterval(watch, 2) : undefined;
  const { code, stderr } = await process.output();
  const milliseconds = performance.now() - began;
  clearInterval(sampler);
  if (code !== 0) throw new Error(`${command.join(" ")}: ${new TextDecoder().decode(stderr)}`);
  return { milliseconds, memory };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** What a database has in it before it is measured. */
type Prepare = (connection: Connection) => Promise<void>;

const nothing: Prepare = () => Promise.resolve();

const used: Prepare = async (connection) => {
  await upgradeTo(connection, "019");
  await fillAt019(connection, ROWS);
};

/** What both programs do. */
interface Work {
  readonly name: string;
  readonly args: readonly string[];
  readonly prepare: Prepare;
  /** How many times as fast as upstream's this program is at the least. */
  readonly least: Readonly<Record<Server, number>>;
}

const WORKS: readonly Work[] = [
  { name: "current", args: ["current"], prepare: nothing, least: { postgresql: 12, mysql: 12 } },
  {
    name: "a fresh upgrade head",
    args: ["upgrade", "head"],
    prepare: nothing,
    least: { postgresql: 3, mysql: 3 },
  },
  {
    name: `019 to head with ${ROWS} tasks and ${ROWS} actions`,
    args: ["upgrade", "head"],
    prepare: used,
    least: { postgresql: 10, mysql: 10 },
  },
];

/** Databases made and dropped one after another, and configuration files that name them. */
class Bench {
  #count = 0;

  constructor(readonly server: Server, readonly url: string, readonly folder: string) {}

  /** Creates and prepares a database; returns the path of a configuration file for it. */
  async database(prepare: Prepare): Promise<string> {
    const name = `bench_${this.#count++}`;
    const administration = this.server === "postgresql" ? `${this.url}postgres` : this.url;
    await using connection = await open(connectionSettings(new Secret(administration)));
    await connection.execute(raw(`CREATE DATABASE ${name}`));
    const path = `${this.folder}/${this.server}-${name}.conf`;
    {
      await using own = await open(connectionSettings(new Secret(`${this.url}${name}`)));
      await prepare(own);
    }
    const url = `${this.url}${name}`.replace(/^mysql:/, "mysql+pymysql:");
    await Deno.writeTextFile(path, `[database]\nconnection = ${url}\n`);
    return path;
  }
}

/** The program as it is shipped, where `BINARY` names it, or else from the checkout. */
const BINARY = Deno.env.get("BINARY");
const OURS = BINARY ? [BINARY] : [Deno.execPath(), "run", "-q", "-P", CLI];

/** Both programs in turns; a command that changes the database gets a new one each time. */
async function compare(bench: Bench, { name, args, prepare, least }: Work): Promise<boolean> {
  const ours: Measured[] = [];
  const upstream: Measured[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const [program, results] of [[OURS, ours], [[UPSTREAM], upstream]] as const) {
      const config = await bench.database(prepare);
      results.push(await measure([...program, "--config-file", config, ...args]));
    }
  }
  const time = (results: readonly Measured[]) => median(results.map((one) => one.milliseconds));
  const watched = [...OURS, "--config-file", await bench.database(prepare), ...args];
  const { memory } = await measure(watched, true);
  const ratio = time(upstream) / time(ours);
  console.log(
    `${bench.server} ${name}: ${time(ours).toFixed(0)} ms, upstream's ` +
      `${time(upstream).toFixed(0)} ms: ${ratio.toFixed(1)} times as fast (at least ` +
      `${least[bench.server]}); peak memory ${memory.toFixed(0)} MiB (below 110)`,
  );
  return ratio >= least[bench.server] && memory < 110;
}

async function main(): Promise<boolean> {
  await using stack = new AsyncDisposableStack();
  const folder = await Deno.makeTempDir({ prefix: "mistral-db-bench-" });
  stack.defer(() => Deno.remove(folder, { recursive: true }));
  await Deno.chmod(folder, 0o755);
  await makeCertificates(folder);
  const servers = [
    stack.use(await startPostgresql(folder)),
    stack.use(await startMariadb(folder)),
  ];
  const { TEST_POSTGRESQL_URL, TEST_MYSQL_URL } = Object.assign(
    {},
    ...servers.map(({ environment }) => environment),
  );
  const results: boolean[] = [];
  for (
    const bench of [
      new Bench("postgresql", TEST_POSTGRESQL_URL.replace(/\/[^/]*$/, "/"), folder),
      new Bench("mysql", TEST_MYSQL_URL, folder),
    ]
  ) {
    for (const work of WORKS) results.push(await compare(bench, work));
  }
  return results.every(Boolean);
}

Deno.exit(await main() ? 0 : 1);
