/**
 * A private server of Oracle's MySQL, beside MariaDB: for what only MySQL has.
 *
 * Debian has it in unstable alone, so it comes from a folder that somebody has made, with
 * `debootstrap --variant=minbase --include=mysql-server-core sid DIR`.
 *
 * @module
 */
import { PASSWORD, type PrivateServer, USER } from "./private_server.ts";
import { freePort, run, startProcess } from "./process.ts";

/** Environment variable that names the folder. */
const ROOT = "TEST_MYSQL_ROOT";

/** An account that every Debian has. */
const ACCOUNT = "nobody";

const ACCOUNTS = `
CREATE USER '${USER}'@'%' IDENTIFIED BY '${PASSWORD}';
GRANT ALL PRIVILEGES ON *.* TO '${USER}'@'%' WITH GRANT OPTION;
`;

/** Starts one. It makes certificates of its own. */
export async function startMysql(): Promise<PrivateServer> {
  const root = Deno.env.get(ROOT);
  if (root === undefined) throw new Error(`${ROOT} does not name a folder with MySQL's Debian`);
  const directory = await Deno.makeTempDir({ dir: `${root}/tmp`, prefix: "mistral-db-test-" });
  await Deno.writeTextFile(`${directory}/accounts.sql`, ACCOUNTS);
  await Deno.chmod(directory, 0o755);
  await run(["chown", ACCOUNT, directory]);
  const inside = directory.slice(root.length);
  const mysqld = [
    ...["chroot", `--userspec=${ACCOUNT}:nogroup`, root, "/usr/sbin/mysqld", "--no-defaults"],
    ...[`--datadir=${inside}/data`, "--secure-file-priv=", "--mysqlx=OFF"],
  ];
  await run([...mysqld, "--initialize-insecure"]);
  const port = await freePort();
  const running = await startProcess({
    directory,
    command: [
      ...[...mysqld, "--bind-address=127.0.0.1", `--port=${port}`, `--socket=${inside}/socket`],
      ...[`--pid-file=${inside}/pid`, `--init-file=${inside}/accounts.sql`, "--skip-log-bin"],
      ...["--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0", "--skip-name-resolve"],
    ],
    signal: "KILL",
    ready: /ready for connections/,
    failed: /\[ERROR\].*Aborting/,
  });
  return {
    environment: {
      TEST_ORACLE_MYSQL_URL: `mysql://${USER}:${PASSWORD}@127.0.0.1:${port}/mysql`,
      TEST_ORACLE_MYSQL_SOCKET: `${directory}/socket`,
      TEST_ORACLE_MYSQL_CA: `${directory}/data/ca.pem`,
    },
    directory,
    restart: () => running.restart(),
    [Symbol.asyncDispose]: () => running[Symbol.asyncDispose](),
  };
}
