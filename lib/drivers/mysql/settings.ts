/**
 * From the URL of a MySQL or MariaDB database to the settings of a session.
 *
 * @module
 */
import {
  checkParameters,
  choice,
  credentials,
  filled,
  flag,
  type HarmlessParameters,
  portOf,
  seconds,
  text,
} from "../parameters.ts";
import type { Endpoint, MysqlSettings, TlsMode, TlsSettings } from "../settings.ts";
import type { DatabaseUrl } from "../url.ts";

/** Parameters with an effect here. */
const KNOWN = [
  "charset",
  "connect_timeout",
  "read_timeout",
  "ssl",
  "ssl_ca",
  "ssl_cert",
  "ssl_check_hostname",
  "ssl_disabled",
  "ssl_key",
  "ssl_mode",
  "ssl_verify_cert",
  "ssl_verify_identity",
  "unix_socket",
  "write_timeout",
] as const;

/** Parameters without an effect here. */
const HARMLESS: HarmlessParameters = {
  auth_plugin: "the server says which one it wants",
  autocommit: "transactions are begun and ended by statements",
  binary_prefix: "binary data is sent as values",
  buffered: "answers are always read to their end",
  collation: "no statement compares text with the collation of the session",
  compress: "saves bandwidth only",
  local_infile: "no statement loads a file",
  max_allowed_packet: "the driver follows the server",
  plugin: "an extension of oslo.db, which does not reach the server",
  raise_on_warnings: "MySQL Connector only",
  use_pure: "MySQL Connector only",
  use_unicode: "text is always Unicode",
};

/** The modes of `ssl_mode`, as mysqlclient and MySQL's own programs have them. */
const SSL_MODES: Readonly<Record<string, TlsMode>> = {
  DISABLED: "disable",
  PREFERRED: "prefer",
  REQUIRED: "require",
  VERIFY_CA: "verify-ca",
  VERIFY_IDENTITY: "verify-full",
};

/**
 * The settings of a session on MySQL or MariaDB; as with PyMySQL, no host means `localhost` by TCP,
 * and a Unix socket takes precedence over a host.
 *
 * @throws {OperatorError} When a parameter is unknown or has a value that it cannot have.
 */
export function mysqlSettings(url: DatabaseUrl): MysqlSettings {
  checkParameters(url, "MySQL", KNOWN, HARMLESS);
  return {
    dialect: "mysql",
    endpoint: endpoint(url),
    ...credentials(url),
    database: filled(url.database),
    charset: text(url, "charset"),
    tls: tls(url),
    connectTimeout: seconds(url, "connect_timeout"),
    readTimeout: seconds(url, "read_timeout"),
    writeTimeout: seconds(url, "write_timeout"),
  };
}

/** Where the server listens. */
function endpoint(url: DatabaseUrl): Endpoint {
  const path = text(url, "unix_socket");
  if (path !== null) return { kind: "unix", path };
  return { kind: "tcp", host: filled(url.host) ?? "localhost", port: portOf(url.port, 3306) };
}

/** How the session is encrypted. */
function tls(url: DatabaseUrl): TlsSettings {
  return {
    mode: tlsMode(url),
    caFile: text(url, "ssl_ca"),
    certFile: text(url, "ssl_cert"),
    keyFile: text(url, "ssl_key"),
  };
}

/**
 * The mode that the parameters result in. Without any, the session is unencrypted, as with
 * PyMySQL; `ssl_ca` alone asks for everything, as SQLAlchemy hands it to PyMySQL.
 */
function tlsMode(url: DatabaseUrl): TlsMode {
  const mode = choice(url, "ssl_mode", Object.keys(SSL_MODES));
  if (flag(url, "ssl_disabled") || flag(url, "ssl") === false) return "disable";
  if (mode !== null) return SSL_MODES[mode]!;
  const authority = text(url, "ssl_ca") !== null;
  const verifyCert = flag(url, "ssl_verify_cert");
  const verifyIdentity = flag(url, "ssl_verify_identity") ?? flag(url, "ssl_check_hostname");
  if (verifyIdentity ?? (authority && verifyCert === null)) return "verify-full";
  if (verifyCert ?? authority) return "verify-ca";
  const asked = ["ssl", "ssl_ca", "ssl_cert", "ssl_key"].some((name) => name in url.query);
  return asked ? "require" : "disable";
}
