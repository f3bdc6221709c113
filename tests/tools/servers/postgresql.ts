/**
 * A private PostgreSQL server.
 *
 * @module
 */
import { programs } from "./packages.ts";
import { freePort, run, serverDirectory, startProcess, unprivileged } from "./process.ts";
import { PASSWORD, type PrivateServer, type ServerOptions, USER } from "./private_server.ts";
import { madeOnce } from "./template.ts";

const ACCOUNT = "postgres";

/**
 * Who may come in, and how. The roles with a rule of their own are made by the tests that need them.
 */
const HBA = `
local     all by_password                 password
local     all all                         scram-sha-256
hostssl   all only_encrypted 127.0.0.1/32 scram-sha-256
hostnossl all only_encrypted 127.0.0.1/32 reject
hostnossl all only_clear     127.0.0.1/32 scram-sha-256
hostssl   all only_clear     127.0.0.1/32 reject
hostssl   all by_certificate 127.0.0.1/32 cert
host      all by_md5         127.0.0.1/32 md5
host      all by_password    127.0.0.1/32 password
host      all all            127.0.0.1/32 scram-sha-256
`;

/** What makes a server quick that need not survive a crash, and small. */
const QUICK = [
  ...["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"],
  ...["shared_buffers=32MB", "wal_level=minimal", "max_wal_senders=0"],
];

const DURABLE = ["shared_buffers=512MB", "max_wal_size=4GB"];

function settings(directory: string, port: number, certificates: string): readonly string[] {
  return [
    "max_connections=50",
    ...["listen_addresses=127.0.0.1", `port=${port}`, `unix_socket_directories=${directory}`],
    ...["ssl=on", `ssl_ca_file=${certificates}/ca.pem`],
    ...[`ssl_cert_file=${directory}/server.pem`, `ssl_key_file=${directory}/server.key`],
    ...["logging_collector=off", "lc_messages=C", "timezone=UTC"],
  ];
}

/** Starts one; `certificates` is a folder made by `makeCertificates`. */
export async function startPostgresql(
  certificates: string,
  { durable = false, diskMegabytes }: ServerOptions = {},
): Promise<PrivateServer> {
  const { initdb, postgres } = await programs(["initdb", "postgres"], ["postgresql"]);
  const directory = await serverDirectory(ACCOUNT, diskMegabytes);
  const data = `${directory}/data`;
  await Deno.writeTextFile(`${directory}/password`, PASSWORD);
  await madeOnce(`postgresql${initdb.replaceAll("/", "-")}`, data, (path) =>
    run([
      ...unprivileged(ACCOUNT),
      ...[initdb, "-D", path, "-U", USER, `--pwfile=${directory}/password`, "-A", "scram-sha-256"],
      ...["--encoding=UTF8", "--locale=C", "--no-sync"],
    ]));
  await Deno.writeTextFile(`${data}/pg_hba.conf`, HBA);
  // PostgreSQL wants the key to be its own and nobody else's to read.
  await run([
    ...["install", "-m", "600", ...(Deno.uid() === 0 ? ["-o", ACCOUNT] : [])],
    ...[`${certificates}/server.pem`, `${certificates}/server.key`, directory],
  ]);
  const port = await freePort();
  const options = [...settings(directory, port, certificates), ...(durable ? DURABLE : QUICK)]
    .flatMap((setting) => ["-c", setting]);
  const running = await startProcess({
    directory,
    command: [...unprivileged(ACCOUNT), postgres, "-D", data, ...options],
    signal: "QUIT",
    ready: /database system is ready to accept connections/,
    // What it says to clients, and what the sessions of a killed one say, is no failure of its own.
    failed: /FATAL:(?!.*(?:starting up|not yet accepting|terminating connection))/,
  });
  const url = `postgresql://${USER}:${PASSWORD}@127.0.0.1:${port}/postgres`;
  return {
    url,
    environment: {
      TEST_POSTGRESQL_URL: url,
      TEST_POSTGRESQL_SOCKET: `${directory}/.s.PGSQL.${port}`,
    },
    directory,
    restart: () => running.restart(),
    [Symbol.asyncDispose]: () => running[Symbol.asyncDispose](),
  };
}
