import { describe } from "../../servers/connecting/url/connection_settings.ts";
import type { DialectName } from "../../sql/dialect_name.ts";
import { ofCatalog, raw, type Statement } from "../../sql/statement.ts";
import { type Check, isLocal, success, warning } from "../check.ts";

/** Which version of TLS the session has; empty or NULL for none. */
const PROTOCOL: Partial<Record<DialectName, Statement>> = {
  postgresql: ofCatalog(
    raw("SELECT version AS protocol FROM pg_stat_ssl WHERE pid = pg_backend_pid()"),
  ),
  mysql: raw("SHOW SESSION STATUS LIKE 'Ssl_version'"),
};

const PARAMETERS: Partial<Record<DialectName, string>> = {
  postgresql: "sslmode=verify-full&sslrootcert=FILE",
  mysql: "ssl_ca=FILE",
};

/** Whether the connection is encrypted. */
export const connection: Check = {
  name: "connection",
  title: "Connection",
  reason: "Passwords and definitions of workflows go over the network.",
  async examine({ database, settings }) {
    const where = `Connected to ${describe(settings)}`;
    const statement = PROTOCOL[database.server.rules.dialect];
    if (!statement) return success(where);
    const [row] = await database.query(statement);
    const protocol = String(row?.protocol ?? row?.Value ?? "");
    if (protocol) return success(`${where}, encrypted with ${protocol}`);
    if (isLocal(settings)) return success(`${where}, on this machine`);
    return warning(
      `${where}, without encryption: anybody on the way can read and change what is sent`,
      `Add "${PARAMETERS[database.server.rules.dialect]}" to the URL in [database] connection`,
    );
  },
};
