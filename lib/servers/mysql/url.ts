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
} from "../connecting/url/parameters.ts";
import type { Endpoint, MysqlSettings, TlsMode, TlsSettings } from "../connecting/url/settings.ts";
import { claimOfMode, strictestMode, type TlsClaim } from "../connecting/tls_claims.ts";
import type { DatabaseUrl } from "../connecting/url/url.ts";

/** Parameters with an effect here. */
const KNOWN = [
  "connect_timeout",
  "enable_cleartext_plugin",
  "get_server_public_key",
  "read_timeout",
  "server_public_key_path",
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
  charset: "text is always sent as utf8mb4",
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
    serverPublicKeyFile: text(url, "server_public_key_path"),
    getServerPublicKey: flag(url, "get_server_public_key") ?? false,
    enableCleartextPlugin: flag(url, "enable_cleartext_plugin") ?? false,
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

/** Parameters that say how far a certificate is checked; without them, `ssl_ca` asks for everything. */
const DEGREES = ["ssl_mode", "ssl_verify_cert", "ssl_verify_identity", "ssl_check_hostname"];

/**
 * The mode that the parameters result in. Without any, the session is unencrypted, as with
 * PyMySQL; `ssl_ca` alone asks for everything, as SQLAlchemy hands it to PyMySQL.
 */
function tlsMode(url: DatabaseUrl): TlsMode {
  const mode = choice(url, "ssl_mode", Object.keys(SSL_MODES));
  const authority = DEGREES.some((name) => name in url.query) ? "verify-ca" : "verify-full";
  const claims: readonly TlsClaim[] = [
    ...(mode === null ? [] : [claimOfMode(`ssl_mode=${mode}`, SSL_MODES[mode]!)]),
    ...claimsOf(url, "ssl_disabled", { most: "disable" }, {}),
    ...claimsOf(url, "ssl", { least: "require" }, { most: "disable" }),
    ...claimsOf(url, "ssl_verify_cert", { least: "verify-ca" }, { most: "require" }),
    ...["ssl_verify_identity", "ssl_check_hostname"].flatMap((name) =>
      claimsOf(url, name, { least: "verify-full" }, { most: "verify-ca" })
    ),
    ...(text(url, "ssl_ca") === null ? [] : [{ parameter: "ssl_ca", least: authority } as const]),
    ...["ssl_cert", "ssl_key"].filter((name) => text(url, name) !== null)
      .map((parameter) => ({ parameter, least: "require" } as const)),
  ];
  return strictestMode(claims, "disable");
}

/** What a parameter that is true or false asks for; nothing if it is missing. */
function claimsOf(
  url: DatabaseUrl,
  name: string,
  ifTrue: Omit<TlsClaim, "parameter">,
  ifFalse: Omit<TlsClaim, "parameter">,
): readonly TlsClaim[] {
  const value = flag(url, name);
  return value === null ? [] : [{ parameter: `${name}=${value}`, ...(value ? ifTrue : ifFalse) }];
}
