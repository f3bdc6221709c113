/**
 * Private servers that this Debian does not have: Oracle's MySQL, which is in unstable alone, and newer
 * versions of MariaDB. They come from a folder that somebody has made, for example with
 * `debootstrap --variant=minbase --include=mysql-server-core sid DIR`.
 *
 * @module
 */
import { PASSWORD, type PrivateServer, USER } from "./private_server.ts";
import { freePort, run, startProcess } from "./process.ts";

/** How a product is started. */
interface Product {
  /** The environment variable that names the folder. */
  readonly folder: string;
  readonly server: string;
  /** What stands before the other options of the server, in the order in which it wants them. */
  readonly options: readonly string[];
  /** The command that makes an empty data directory, without the directory. */
  readonly initialize: readonly string[];
}

const PRODUCTS = {
  MySQL: {
    folder: "TEST_MYSQL_ROOT",
    server: "/usr/sbin/mysqld",
    options: ["--secure-file-priv=", "--mysqlx=OFF"],
    initialize: ["/usr/sbin/mysqld", "--no-defaults", "--initialize-insecure"],
  },
  MariaDB: {
    folder: "TEST_MARIADB_ROOT",
    server: "/usr/sbin/mariadbd",
    options: [],
    initialize: [
      ...["/usr/bin/mariadb-install-db", "--no-defaults", "--force", "--skip-test-db"],
      ...["--auth-root-authentication-method=normal", "--skip-name-resolve"],
    ],
  },
} as const satisfies Record<string, Product>;

/** An account that every Debian has. */
const ACCOUNT = "nobody";

const ACCOUNTS = `
CREATE USER '${USER}'@'%' IDENTIFIED BY '${PASSWORD}';
GRANT ALL PRIVILEGES ON *.* TO '${USER}'@'%' WITH GRANT OPTION;
`;

/** Starts one. It makes certificates of its own. */
async function start(name: keyof typeof PRODUCTS): Promise<PrivateServer> {
  const { folder, server, options, initialize } = PRODUCTS[name];
  const root = Deno.env.get(folder);
  if (root === undefined) throw new Error(`${folder} does not name a folder with a Debian with it`);
  const directory = await Deno.makeTempDir({ dir: `${root}/tmp`, prefix: "mistral-db-test-" });
  await Deno.writeTextFile(`${directory}/accounts.sql`, ACCOUNTS);
  await Deno.chmod(directory, 0o755);
  await run(["chown", ACCOUNT, directory]);
  const inside = directory.slice(root.length);
  // The folder for the files of the tests is not in there.
  const there = ["env", "--unset=TMPDIR", "chroot", `--userspec=${ACCOUNT}:nogroup`, root];
  const data = `--datadir=${inside}/data`;
  await run([...there, ...initialize, data]);
  const port = await freePort();
  const running = await startProcess({
    directory,
    command: [
      ...[...there, server, "--no-defaults", data, ...options, "--bind-address=127.0.0.1"],
      ...[`--port=${port}`, `--socket=${inside}/socket`, `--pid-file=${inside}/pid`],
      ...[`--init-file=${inside}/accounts.sql`, "--skip-log-bin", "--skip-name-resolve"],
      ...["--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0"],
    ],
    signal: "KILL",
    ready: /ready for connections/,
    failed: /\[ERROR\].*Aborting/,
  });
  const url = `mysql://${USER}:${PASSWORD}@127.0.0.1:${port}/mysql`;
  return {
    environment: {},
    url,
    directory,
    restart: () => running.restart(),
    [Symbol.asyncDispose]: () => running[Symbol.asyncDispose](),
  };
}

/** Starts a server of Oracle's MySQL. */
export async function startMysql(): Promise<PrivateServer> {
  const server = await start("MySQL");
  const environment = {
    TEST_ORACLE_MYSQL_URL: server.url,
    TEST_ORACLE_MYSQL_SOCKET: `${server.directory}/socket`,
    TEST_ORACLE_MYSQL_CA: `${server.directory}/data/ca.pem`,
  };
  return { ...server, environment };
}

/** Starts a MariaDB of another version than this system's. */
export const startOtherMariadb = (): Promise<PrivateServer> => start("MariaDB");
