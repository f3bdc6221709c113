/**
 * From the URL of an SQLite database to the settings of a session.
 *
 * @module
 */
import {
  checkParameters,
  choice,
  filled,
  flag,
  type HarmlessParameters,
  seconds,
} from "../connecting/url/parameters.ts";
import type { SqliteSettings } from "../connecting/url/settings.ts";
import { unusable } from "../connecting/url/unusable.ts";
import { type DatabaseUrl, percentDecode } from "../connecting/url/url.ts";

/** Parameters with an effect here. */
const KNOWN = ["mode", "timeout", "uri"] as const;

/** Parameters without an effect here. */
const HARMLESS: HarmlessParameters = {
  cache: "there is one session only",
  cached_statements: "saves time only",
  check_same_thread: "Python only",
  detect_types: "Python only",
  isolation_level: "transactions are begun and ended by statements",
};

/** The path that stands for a database in memory. */
export const IN_MEMORY = ":memory:";

/** Whether a database's file is missing. Checking does not create it. */
export async function hasNoFile({ path }: Pick<SqliteSettings, "path">): Promise<boolean> {
  if (path === IN_MEMORY) return false;
  // Node's file functions take longer to load than everything else that SQLite needs.
  return await Deno.stat(path).then(
    () => false,
    (error) => error instanceof Deno.errors.NotFound,
  );
}

/** The modes of an SQLite URI filename. */
const MODES = ["ro", "rw", "rwc", "memory"] as const;

/**
 * The settings of a session on SQLite. With `uri=true` the database is an SQLite URI filename, as
 * in `sqlite:///file:/var/lib/x.db?mode=ro&uri=true`. No database means one in memory.
 *
 * @throws {OperatorError} When a parameter is unknown or has a value that it cannot have, or when
 * the URL names a host or a user, which mostly is a path with a slash too few before it.
 */
export function sqliteSettings(url: DatabaseUrl): SqliteSettings {
  checkServerless(url);
  checkParameters(url, "SQLite", KNOWN, HARMLESS);
  const mode = choice(url, "mode", MODES);
  return {
    dialect: "sqlite",
    path: mode === "memory" ? IN_MEMORY : path(url),
    readOnly: mode === "ro",
    mustExist: mode === "ro" || mode === "rw",
    busyTimeout: seconds(url, "timeout"),
  };
}

/** Refuses the parts of a URL that only servers have. */
function checkServerless(url: DatabaseUrl): void {
  if (!url.username && !url.password && !url.host && !url.port) return;
  throw unusable(
    "SQLite has no host and no user",
    'write "sqlite:///relative/path" (three slashes) or "sqlite:////absolute/path" (four)',
  );
}

/** The path that SQLite opens. */
function path(url: DatabaseUrl): string {
  const name = filled(url.database) ?? ":memory:";
  if (!flag(url, "uri") || !name.startsWith("file:")) return name;
  return percentDecode(name.slice("file:".length).replace(/^\/\/(?:localhost)?(?=\/)/, ""));
}
