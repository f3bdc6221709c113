/**
 * From the URL of a PostgreSQL database to the settings of a session.
 *
 * @module
 */
import {
  checkParameters,
  choice,
  credentials,
  filled,
  type HarmlessParameters,
  portOf,
  seconds,
  text,
  texts,
} from "../connecting/url/parameters.ts";
import type {
  Endpoint,
  PostgresqlSettings,
  TlsMode,
  TlsSettings,
} from "../connecting/url/settings.ts";
import { claimOfMode, strictestMode, TLS_MODES, type TlsClaim } from "../connecting/tls_claims.ts";
import { unusable } from "../connecting/url/unusable.ts";
import type { DatabaseUrl } from "../connecting/url/url.ts";
import { requiredAuthentication } from "./wire/methods.ts";

/** Parameters with an effect here. */
const KNOWN = [
  "application_name",
  "channel_binding",
  "connect_timeout",
  "fallback_application_name",
  "gssencmode",
  "host",
  "options",
  "port",
  "require_auth",
  "ssl",
  "sslcert",
  "sslkey",
  "sslmode",
  "sslrootcert",
  "target_session_attrs",
] as const;

/** Parameters without an effect here. */
const HARMLESS: HarmlessParameters = {
  async_fallback: "asyncpg only",
  client_encoding: "text is always UTF-8",
  keepalives: "a session is used without a pause or ended",
  keepalives_count: "a session is used without a pause or ended",
  keepalives_idle: "a session is used without a pause or ended",
  keepalives_interval: "a session is used without a pause or ended",
  krbsrvname: "Kerberos is not used",
  prepared_statement_cache_size: "asyncpg only",
  sslcompression: "no server has it since PostgreSQL 14",
  sslsni: "the server's name is always sent",
  tcp_user_timeout: "a session is used without a pause or ended",
};

/** The kinds of servers that are suitable, and whether a read-only one is. */
const TARGETS = {
  "any": "any",
  "prefer-standby": "any",
  "read-write": "read-write",
  "primary": "read-write",
} as const;

/** Directories of the server's Unix socket when there is no host; Debian's and Red Hat's. */
const SOCKET_DIRECTORY = "/var/run/postgresql";

/**
 * The settings of a session on PostgreSQL; as with libpq, no host means the local Unix socket.
 *
 * @throws {OperatorError} When a parameter is unknown or has a value that it cannot have.
 */
export function postgresqlSettings(url: DatabaseUrl): PostgresqlSettings {
  checkParameters(url, "PostgreSQL", KNOWN, HARMLESS);
  choice(url, "gssencmode", ["disable", "prefer"]);
  const target = choice(
    url,
    "target_session_attrs",
    Object.keys(TARGETS) as (keyof typeof TARGETS)[],
  );
  const servers = endpoints(url);
  checkAuthority(tls(url), text(url, "sslrootcert"), servers);
  return {
    dialect: "postgresql",
    endpoints: servers,
    ...credentials(url),
    database: filled(url.database),
    targetSession: TARGETS[target ?? "any"],
    requiredAuthentication: requiredAuthentication(text(url, "require_auth")),
    channelBinding: choice(url, "channel_binding", ["disable", "prefer", "require"]) ?? "prefer",
    options: text(url, "options"),
    applicationName: text(url, "application_name") ?? text(url, "fallback_application_name"),
    tls: tls(url),
    connectTimeout: seconds(url, "connect_timeout"),
  };
}

/** More servers than any cluster has; each is tried, and each failure is a line of the message. */
const MOST_HOSTS = 100;

/** Where the servers listen: parameters take precedence over the part before the path, as with psycopg2. */
function endpoints(url: DatabaseUrl): PostgresqlSettings["endpoints"] {
  const hosts = listed(url, "host") ?? [url.host ?? ""];
  if (hosts.length > MOST_HOSTS) {
    throw unusable(`it names ${hosts.length} hosts`, `name ${MOST_HOSTS} at most`);
  }
  const ports = listed(url, "port") ?? [String(url.port ?? "")];
  if (ports.length !== 1 && ports.length !== hosts.length) {
    throw unusable(
      `${hosts.length} hosts do not go with ${ports.length} ports`,
      "give one port, or one for each host",
    );
  }
  const [first, ...rest] = hosts.map((host, index) =>
    endpoint(host, ports[ports.length === 1 ? 0 : index]!)
  );
  return [first!, ...rest];
}

/** The values of a parameter that is there several times, or once with commas; or null. */
function listed(url: DatabaseUrl, name: string): readonly string[] | null {
  const values = texts(url, name);
  return values.length === 0 ? null : values.flatMap((value) => value.split(","));
}

/** One server: a host, a host with its port, or the directory of a Unix socket. */
function endpoint(host: string, port: string): Endpoint {
  const [, name = host, own = port] = /^([^:/]*):(\d*)$/.exec(host) ?? [];
  if (!/^\d*$/.test(own)) throw unusable('parameter "port" must be a number');
  const number = portOf(own === "" ? null : Number(own), 5432);
  if (name !== "" && !name.startsWith("/")) return { kind: "tcp", host: name, port: number };
  return { kind: "unix", path: `${name || SOCKET_DIRECTORY}/.s.PGSQL.${number}` };
}

/**
 * As with libpq, a mode that checks the certificate must be given an authority; on a Unix socket there
 * is none to check.
 *
 * @throws {OperatorError} When it is missing.
 */
function checkAuthority(
  { mode, caFile }: TlsSettings,
  authority: string | null,
  endpoints: readonly Endpoint[],
): void {
  const isChecked = mode.startsWith("verify-") && endpoints.some(({ kind }) => kind === "tcp");
  if (!isChecked || caFile !== null || authority !== null) return;
  throw unusable(
    `"sslmode=${mode}" needs "sslrootcert", the file with the certificate of the authority, or ` +
      '"sslrootcert=system" for the authorities of the system',
  );
}

/** How the session is encrypted. */
function tls(url: DatabaseUrl): TlsSettings {
  const authority = text(url, "sslrootcert");
  return {
    mode: tlsMode(url, authority),
    caFile: authority === "system" ? null : authority,
    certFile: text(url, "sslcert"),
    keyFile: text(url, "sslkey"),
  };
}

/**
 * The mode that the parameters result in. As with libpq, `require` with an authority is
 * `verify-ca`, and the authorities of the system ask for everything; unlike there, every mode with an
 * authority checks the server. `ssl` is asyncpg's `sslmode`.
 */
function tlsMode(url: DatabaseUrl, authority: string | null): TlsMode {
  const least = authority === "system" ? "verify-full" : "verify-ca";
  const claims: readonly TlsClaim[] = [
    ...["sslmode", "ssl"].flatMap((name) => {
      const mode = choice(url, name, TLS_MODES);
      return mode === null ? [] : [claimOfMode(`${name}=${mode}`, mode)];
    }),
    ...(authority === null ? [] : [{ parameter: "sslrootcert", least } as const]),
  ];
  return strictestMode(claims, "prefer");
}
