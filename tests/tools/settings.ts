/**
 * Settings of the private servers with something changed, for tests of connecting.
 *
 * @module
 */
import { connectionSettings } from "../../lib/servers/connecting/url/connection_settings.ts";
import { Secret } from "../../lib/servers/connecting/url/secret.ts";
import type { ConnectionSettings } from "../../lib/servers/connecting/url/settings.ts";
import { serverUrl } from "./databases.ts";

/** The servers that a URL of a test can be for. */
export type ServerDialect = "postgresql" | "mysql";

/** A database that is there on every server. */
export const SYSTEM_DATABASE = { postgresql: "postgres", mysql: "mysql" } as const;

/** Parts of a URL that a test wants otherwise. */
export interface UrlParts {
  readonly user?: string;
  readonly password?: string;
  readonly host?: string;
  readonly port?: number;
  readonly database?: string;
  readonly query?: Readonly<Record<string, string>>;
}

/** The URL of a private server with some parts changed. */
export function urlWith(dialect: ServerDialect, parts: UrlParts = {}): string {
  const url = new URL(serverUrl(dialect, parts.database ?? SYSTEM_DATABASE[dialect]));
  const { user = url.username, password = url.password, host = url.hostname } = parts;
  const query = new URLSearchParams(parts.query ?? {}).toString();
  const credentials = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  const where = `${credentials}@${host}:${parts.port ?? url.port}${url.pathname}`;
  return `${dialect}://${where}${query === "" ? "" : `?${query}`}`;
}

/** The settings for a private server with some parts of the URL changed. */
export function settingsWith(dialect: ServerDialect, parts: UrlParts = {}): ConnectionSettings {
  return connectionSettings(new Secret(urlWith(dialect, parts)));
}
