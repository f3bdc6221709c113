/**
 * Names of databases in messages.
 *
 * @module
 */
import type { Endpoint, ServerSettings } from "./url/settings.ts";
import { MASK } from "./url/secret.ts";

/** Where a server listens, as in `127.0.0.1:3306`, `[::1]:5432` or `/run/mysqld/mysqld.sock`. */
export function endpointName(endpoint: Endpoint): string {
  if (endpoint.kind === "unix") return endpoint.path;
  const host = endpoint.host.includes(":") ? `[${endpoint.host}]` : endpoint.host;
  return `${host}:${endpoint.port}`;
}

/** The user and the server, as in `mistral@127.0.0.1:3306/mistral`. */
export function targetName(user: string, endpoint: Endpoint, database: string | null): string {
  const where = `${user}@${endpointName(endpoint)}`;
  if (database === null) return where;
  return endpoint.kind === "unix" ? `${where} "${database}"` : `${where}/${database}`;
}

/** A server's settings as a URL: the password is masked, and parameters are left out. */
export function serverUrl(
  scheme: string,
  { user, password, database }: ServerSettings & { readonly database: string | null },
  endpoints: readonly Endpoint[],
): string {
  const secret = password === null ? "" : `:${MASK}`;
  const login = user === null ? "" : `${user}${secret}@`;
  const where = endpoints.map((one) => one.kind === "unix" ? `[${one.path}]` : endpointName(one));
  return `${scheme}://${login}${where.join(",")}/${database ?? ""}`;
}
