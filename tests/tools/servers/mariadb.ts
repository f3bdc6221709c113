/**
 * A private MariaDB server.
 *
 * @module
 */
import { programs } from "./packages.ts";
import { PASSWORD, type PrivateServer, type ServerOptions, USER } from "./private_server.ts";
import { freePort, run, serverDirectory, startProcess, unprivileged } from "./process.ts";
import { madeOnce } from "./template.ts";

const ACCOUNT = "mysql";
const PACKAGES = ["mariadb-server", "mariadb-client"];

const ACCOUNTS = `
CREATE USER '${USER}'@'%' IDENTIFIED BY '${PASSWORD}';
GRANT ALL PRIVILEGES ON *.* TO '${USER}'@'%' WITH GRANT OPTION;
`;

/** What makes a server quick that need not survive a crash, and small. */
const QUICK = [
  ...["--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0", "--innodb-use-native-aio=0"],
  ...["--innodb-flush-method=nosync", "--sync-frm=0", "--innodb-buffer-pool-size=64M"],
  ...["--innodb-log-file-size=16M", "--performance-schema=off", "--skip-log-bin"],
];

const DURABLE = ["--innodb-buffer-pool-size=1G", "--innodb-log-file-size=512M"];

function settings(directory: string, port: number, certificates: string): readonly string[] {
  return [
    ...["--bind-address=127.0.0.1", `--port=${port}`, `--socket=${directory}/socket`],
    ...[
      "--skip-name-resolve",
      `--pid-file=${directory}/pid`,
      `--init-file=${directory}/accounts.sql`,
    ],
    // A server that starts removes what it takes for left over in the folder for temporary tables.
    `--tmpdir=${directory}`,
    // The reference catalogs are of databases in MySQL's three-byte UTF-8.
    ...["--character-set-server=utf8mb3", "--collation-server=utf8mb3_general_ci"],
    ...[`--ssl-ca=${certificates}/ca.pem`, `--ssl-cert=${directory}/server.pem`],
    ...[`--ssl-key=${directory}/server.key`, "--max-connections=100"],
  ];
}

/** Starts one; `certificates` is a folder made by `makeCertificates`. */
export async function startMariadb(
  certificates: string,
  { durable = false, diskMegabytes, more = [] }: ServerOptions = {},
): Promise<PrivateServer> {
  const found = await programs(["mariadb-install-db", "mariadbd"], PACKAGES);
  const directory = await serverDirectory(ACCOUNT, diskMegabytes);
  const data = `${directory}/data`;
  await madeOnce("mariadb", data, (path) =>
    run([
      ...[...unprivileged(ACCOUNT), found["mariadb-install-db"], "--no-defaults"],
      ...[`--datadir=${path}`, "--auth-root-authentication-method=normal", "--skip-test-db"],
      ...["--innodb-flush-method=nosync", "--innodb-log-file-size=16M", "--skip-name-resolve"],
      `--tmpdir=${directory}`,
    ]));
  await Deno.writeTextFile(`${directory}/accounts.sql`, ACCOUNTS);
  await run([
    ...["install", "-m", "600", ...(Deno.uid() === 0 ? ["-o", ACCOUNT] : [])],
    ...[`${certificates}/server.pem`, `${certificates}/server.key`, directory],
  ]);
  const port = await freePort();
  const options = [
    ...settings(directory, port, certificates),
    ...(durable ? DURABLE : QUICK),
    ...more,
  ];
  const running = await startProcess({
    directory,
    command: [
      ...[...unprivileged(ACCOUNT), found.mariadbd, "--no-defaults", `--datadir=${data}`],
      ...options,
    ],
    signal: "KILL",
    ready: /ready for connections/,
    failed: /\[ERROR\] Aborting/,
  });
  const url = `mysql://${USER}:${PASSWORD}@127.0.0.1:${port}/`;
  return {
    url,
    environment: {
      TEST_MYSQL_URL: url,
      TEST_MYSQL_SOCKET: `${directory}/socket`,
    },
    directory,
    restart: () => running.restart(),
    [Symbol.asyncDispose]: () => running[Symbol.asyncDispose](),
  };
}
