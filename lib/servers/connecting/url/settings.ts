/**
 * What a driver needs to know to open a session: a database URL, read and checked. Every field has
 * its final value here, so that drivers decide nothing but the operating system's user name.
 *
 * @module
 */
import type { Secret } from "./secret.ts";

/** Where a server listens. A Unix socket is the path of the socket itself, not of its directory. */
export type Endpoint =
  | { readonly kind: "tcp"; readonly host: string; readonly port: number }
  | { readonly kind: "unix"; readonly path: string };

/**
 * How a session is encrypted, in libpq's words, which are the most precise:
 *
 * - `disable`: never
 * - `allow`: only when the server refuses an unencrypted session
 * - `prefer`: when the server offers it, else unencrypted
 * - `require`: always, without verifying the server
 * - `verify-ca`: always, and the server's certificate is signed by a known authority
 * - `verify-full`: as `verify-ca`, and the certificate is for the host that was asked for
 */
export type TlsMode = "disable" | "allow" | "prefer" | "require" | "verify-ca" | "verify-full";

/** Encryption of a session. The files are PEM and are read by the driver. */
export interface TlsSettings {
  /** How far encryption goes. */
  readonly mode: TlsMode;
  /** File of authorities to trust; null: those that the operating system or Deno trusts. */
  readonly caFile: string | null;
  /** File of the client's own certificate. */
  readonly certFile: string | null;
  /** File of the client's private key. */
  readonly keyFile: string | null;
}

/** Settings of a session on any server. Timeouts are in seconds; null: the driver's own default. */
export interface ServerSettings {
  /** Null: the name of the operating system's user, as libpq and PyMySQL do. */
  readonly user: string | null;
  /** Null: none is sent. */
  readonly password: Secret | null;
  /** How the session is encrypted; a Unix socket need not be. */
  readonly tls: TlsSettings;
  /** Seconds to wait for the server to answer. */
  readonly connectTimeout: number | null;
}

/** How a client can prove to PostgreSQL who it is, in libpq's words; `none`: the server does not ask. */
export type AuthenticationMethod = "none" | "password" | "md5" | "scram-sha-256" | "gss" | "sspi";

/** What `require_auth` asks for. */
export interface RequiredAuthentication {
  /** The methods that the server may ask for. */
  readonly methods: readonly AuthenticationMethod[];
  /** Whether the password in clear text is asked for by name, and so wanted. */
  readonly namesPassword: boolean;
}

/** Whether the login is tied to the encrypted connection: never, if the server offers it, or always. */
export type ChannelBinding = "disable" | "prefer" | "require";

/** Settings of a session on PostgreSQL. */
export interface PostgresqlSettings extends ServerSettings {
  /** Tells the settings apart. */
  readonly dialect: "postgresql";
  /** Tried in this order; at least one. */
  readonly endpoints: readonly [Endpoint, ...Endpoint[]];
  /** Null: a database named like the user, as libpq does. */
  readonly database: string | null;
  /** Which of several servers are suitable; a read-only one never is for a migration. */
  readonly targetSession: "any" | "read-write";
  /** Which ways to log in are acceptable; null: all that are safe. */
  readonly requiredAuthentication: RequiredAuthentication | null;
  /** Whether the login is tied to the encrypted connection. */
  readonly channelBinding: ChannelBinding;
  /** Text for the `options` start-up parameter, as in `-c statement_timeout=0`. */
  readonly options: string | null;
  /** Shown in `pg_stat_activity`; null: the driver's own choice. */
  readonly applicationName: string | null;
}

/** Settings of a session on MySQL or MariaDB. */
export interface MysqlSettings extends ServerSettings {
  /** Tells the settings apart. */
  readonly dialect: "mysql";
  /** Where the server listens. */
  readonly endpoint: Endpoint;
  /** Null: no database is chosen. */
  readonly database: string | null;
  /** File with the RSA key of the server, to encrypt the password for it where TLS does not. */
  readonly serverPublicKeyFile: string | null;
  /** Whether to take that key from any server that answers. */
  readonly getServerPublicKey: boolean;
  /** Whether to send the password itself inside TLS that does not verify the server's identity. */
  readonly enableCleartextPlugin: boolean;
  /** Seconds without an answer after which the session is ended. */
  readonly readTimeout: number | null;
  /** Seconds during which the server accepts no data, after which the session is ended. */
  readonly writeTimeout: number | null;
}

/** Settings of a session on SQLite. */
export interface SqliteSettings {
  /** Tells the settings apart. */
  readonly dialect: "sqlite";
  /** Path of the file, relative to the current directory, or `:memory:`. */
  readonly path: string;
  /** The file must exist and is not written to. */
  readonly readOnly: boolean;
  /** A missing file is not created (implied by {@linkcode readOnly}). */
  readonly mustExist: boolean;
  /** Seconds to wait for a lock that another session holds; null: the driver's own default. */
  readonly busyTimeout: number | null;
}

/** Settings of a session, by dialect. */
export type SessionSettings = PostgresqlSettings | MysqlSettings | SqliteSettings;

/** Settings of a session, and the registered name of its server. */
export type ConnectionSettings = SessionSettings & { readonly server: string };
