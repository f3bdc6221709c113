/**
 * A private Galera cluster: three nodes of MariaDB, each of which can be killed and brought back.
 *
 * @module
 */
import { programs } from "./packages.ts";
import { freePort, run, serverDirectory, startProcess, unprivileged } from "./process.ts";

const ACCOUNT = "mysql";

/** A joining node gets its data by rsync, with the help of the others. */
const PACKAGES = [
  ...["mariadb-server", "mariadb-client", "galera-4"],
  ...["rsync", "lsof", "iproute2", "procps"],
];

const PROVIDER = "/usr/lib/galera/libgalera_smm.so";

const QUICK = [
  ...["--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0", "--innodb-use-native-aio=0"],
  ...["--innodb-buffer-pool-size=32M", "--innodb-log-file-size=16M", "--performance-schema=off"],
];

/** The ports of a node: for clients, for the others, and to get its data from them at first. */
interface Ports {
  readonly clients: number;
  readonly group: number;
  readonly incremental: number;
  readonly state: number;
}

async function freePorts(): Promise<Ports> {
  return {
    clients: await freePort(),
    group: await freePort(),
    incremental: await freePort(),
    state: await freePort(),
  };
}

/** A node, running or not. */
export class Node implements AsyncDisposable {
  readonly #ports: Ports;
  readonly #number: number;
  readonly #cluster: readonly Ports[];
  #running: AsyncDisposable | null = null;

  /** One of a cluster whose nodes have these ports. */
  constructor(number: number, cluster: readonly Ports[]) {
    this.#ports = cluster[number]!;
    this.#number = number;
    this.#cluster = cluster;
  }

  /** The URL of a database there, for a user who may do everything. */
  url(database: string): string {
    return `mysql://root@127.0.0.1:${this.#ports.clients}/${database}`;
  }

  /** Starts it with the others' data, or a new cluster; waits until it takes part. */
  async start({ isFirst = false } = {}): Promise<void> {
    const directory = await serverDirectory(ACCOUNT);
    const data = `${directory}/data`;
    const user = unprivileged(ACCOUNT);
    if (isFirst) {
      await run([
        ...[...user, "mariadb-install-db", "--no-defaults", `--datadir=${data}`],
        ...["--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve"],
        ...["--innodb-log-file-size=16M", `--tmpdir=${directory}`],
      ]);
    } else {
      await run([...user, "mkdir", "-m", "700", data]);
    }
    await Deno.writeTextFile(`${directory}/my.cnf`, this.#settings(directory));
    const { mariadbd } = await programs(["mariadbd"], PACKAGES);
    this.#running = await startProcess({
      directory,
      command: [
        ...[...user, mariadbd, `--defaults-file=${directory}/my.cnf`, ...QUICK],
        ...(isFirst ? ["--wsrep-new-cluster"] : []),
      ],
      signal: "KILL",
      ready: /Synchronized with group, ready for connections/,
      failed: /\[ERROR\] Aborting/,
    });
  }

  /** The part of the settings that the scripts read with which a node gets its data. */
  #settings(directory: string): string {
    const { clients, group, incremental, state } = this.#ports;
    const others = this.#cluster.map((ports) => `127.0.0.1:${ports.group}`);
    return `[mysqld]
datadir=${directory}/data
socket=${directory}/socket
pid-file=${directory}/pid
port=${clients}
bind-address=127.0.0.1
skip-name-resolve
max-connections=100
innodb-autoinc-lock-mode=2
binlog-format=ROW
wsrep-on=ON
wsrep-provider=${PROVIDER}
wsrep-cluster-name=${this.#cluster[0]!.group}
wsrep-cluster-address=gcomm://${others.join(",")}
wsrep-node-name=node${this.#number + 1}
wsrep-node-address=127.0.0.1:${group}
wsrep-node-incoming-address=127.0.0.1:${clients}
wsrep-sst-method=rsync
wsrep-sst-receive-address=127.0.0.1:${state}
wsrep-provider-options="gmcast.listen_addr=tcp://127.0.0.1:${group};ist.recv_addr=127.0.0.1:${incremental};gcache.size=32M"
`;
  }

  /** Kills it, as a power cut does. */
  async kill(): Promise<void> {
    await this.#running?.[Symbol.asyncDispose]();
    this.#running = null;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill();
  }
}

/** Three nodes; disposing ends them. */
export class Cluster implements AsyncDisposable {
  /** The nodes, in the order in which they were started. */
  readonly nodes: readonly Node[];

  private constructor(nodes: readonly Node[]) {
    this.nodes = nodes;
  }

  /** Starts a cluster. */
  static async start(): Promise<Cluster> {
    await programs(["mariadbd", "mariadb-install-db", PROVIDER, "rsync", "lsof", "ss"], PACKAGES);
    const ports = [await freePorts(), await freePorts(), await freePorts()];
    const nodes = ports.map((_, number) => new Node(number, ports));
    const cluster = new Cluster(nodes);
    try {
      for (const [number, node] of nodes.entries()) await node.start({ isFirst: number === 0 });
    } catch (error) {
      await cluster[Symbol.asyncDispose]();
      throw error;
    }
    return cluster;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.kill()));
  }
}
