/**
 * Where the programs are measured: databases on private servers that keep their data as safe as they
 * do unless told otherwise, and a file.
 *
 * @module
 */
import { open } from "../../lib/servers/connecting/connect.ts";
import { connectionSettings } from "../../lib/servers/connecting/url/connection_settings.ts";
import { Secret } from "../../lib/servers/connecting/url/secret.ts";
import type { Database } from "../../lib/servers/database.ts";
import type { DialectName } from "../../lib/sql/dialect_name.ts";
import { raw } from "../../lib/sql/statement.ts";
import { makeCertificates } from "../tools/servers/certificates.ts";
import { startMariadb } from "../tools/servers/mariadb.ts";
import { startPostgresql } from "../tools/servers/postgresql.ts";

/** A database that is measured on. */
export interface Place {
  readonly dialect: DialectName;
  readonly url: string;
  /** A configuration file that names it as upstream's program wants it. */
  readonly config: string;
  connect(): Promise<Database>;
}

/** What a database has in it before it is measured. */
export type Prepare = (connection: Database) => Promise<void>;

const settingsOf = (url: string) => connectionSettings(new Secret(url));

/** Makes one database after another, each with a new name; the last one is dropped first. */
export class Places {
  readonly #urls: Readonly<Record<DialectName, string>>;
  readonly #folder: string;
  #count = 0;
  #last = new Map<DialectName, string>();

  constructor(urls: Readonly<Record<DialectName, string>>, folder: string) {
    this.#urls = urls;
    this.#folder = folder;
  }

  async #administer(dialect: DialectName, statement: string): Promise<void> {
    if (dialect === "sqlite") return;
    const url = dialect === "postgresql" ? `${this.#urls.postgresql}postgres` : this.#urls.mysql;
    await using connection = await open(settingsOf(url));
    await connection.execute(raw(statement));
  }

  /** A new database with what `prepare` puts into it. */
  async make(dialect: DialectName, prepare: Prepare): Promise<Place> {
    const last = this.#last.get(dialect);
    if (last) await this.#administer(dialect, `DROP DATABASE ${last}`);
    const name = `bench_${this.#count++}`;
    this.#last.set(dialect, name);
    const url = `${this.#urls[dialect]}${name}`;
    await this.#administer(dialect, `CREATE DATABASE ${name}`);
    const config = `${this.#folder}/${name}.conf`;
    const forPython = url.replace(/^mysql:/, "mysql+pymysql:");
    await Deno.writeTextFile(config, `[database]\nconnection = ${forPython}\n`);
    const place = { dialect, url, config, connect: () => open(settingsOf(url)) };
    await using connection = await place.connect();
    await prepare(connection);
    return place;
  }
}

/** Starts the servers, and ends them when it is disposed. */
export async function startPlaces(
  stack: AsyncDisposableStack,
): Promise<{ readonly places: Places; readonly folder: string }> {
  const folder = await Deno.makeTempDir({ prefix: "mistral-db-bench-" });
  stack.defer(() => Deno.remove(folder, { recursive: true }));
  await Deno.chmod(folder, 0o755);
  await makeCertificates(folder);
  const postgresql = stack.use(await startPostgresql(folder, { durable: true })).environment;
  const mysql = stack.use(await startMariadb(folder, { durable: true })).environment;
  const urls = {
    postgresql: postgresql.TEST_POSTGRESQL_URL!.replace(/\/[^/]*$/, "/"),
    mysql: mysql.TEST_MYSQL_URL!,
    sqlite: `sqlite:///${folder}/`,
  };
  return { places: new Places(urls, folder), folder };
}
