/**
 * The database of a run.
 *
 * @module
 */
import { connectionSettings } from "../servers/connecting/url/connection_settings.ts";
import { Secret } from "../servers/connecting/url/secret.ts";
import type { ConnectionSettings } from "../servers/connecting/url/settings.ts";
import { IN_MEMORY } from "../servers/sqlite/url.ts";
import { appended, OperatorError } from "../errors.ts";
import { whyNoFallback } from "./fallback.ts";
import type { Settings } from "./settings.ts";

/** The default database: a file in the current directory, as upstream has it. */
export const FALLBACK_CONNECTION = "sqlite:///mistral.sqlite";

/** The database of a run. */
export interface ChosenDatabase {
  /** What the driver needs to know. */
  readonly settings: ConnectionSettings;
  /** Where it was set: a flag, a variable, or `file:line`; null for the default. */
  readonly origin: string | null;
}

/**
 * The database that the settings name, or else {@linkcode FALLBACK_CONNECTION}, of which the
 * operator is to be warned.
 *
 * @throws {OperatorError} When the URL is wrong; the message says where it was set, and never shows
 * the password. Also when there is none, and the default may not be used.
 */
export function chosenDatabase(all: Settings): ChosenDatabase {
  const { connection, origins } = all;
  const origin = origins.connection;
  const objection = origin === null ? whyNoFallback(all) : null;
  if (objection !== null) {
    throw new OperatorError({ failed: "Cannot tell which database is meant", ...objection });
  }
  try {
    return { settings: connectionSettings(connection ?? new Secret(FALLBACK_CONNECTION)), origin };
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    throw new OperatorError(appended(error, ` (set in ${origin})`));
  }
}

/**
 * Refuses a URL that leaves open which database of a MySQL server is meant. On PostgreSQL it is then the one
 * with the name of the user, as with libpq.
 *
 * @throws {OperatorError} When it names none.
 */
export function refuseNameless({ settings, origin }: ChosenDatabase): void {
  if (settings.dialect === "sqlite") return;
  const { dialect, database } = settings;
  const isNamed = database === null ? dialect === "postgresql" : database.trim() !== "";
  if (isNamed) return;
  throw new OperatorError({
    failed: "Cannot use the database URL",
    because: `it names no database (set in ${origin})`,
    remedy: `add the name after the host, as in ${dialect}://user:password@host/mistral`,
  });
}

/**
 * Refuses to change a database that ends with the program.
 *
 * @throws {OperatorError} When it is in memory, or a temporary file.
 */
export function refuseTemporary({ settings, origin }: ChosenDatabase): void {
  if (settings.dialect !== "sqlite") return;
  if (settings.path !== IN_MEMORY && settings.path.trim() !== "") return;
  throw new OperatorError({
    failed: "Cannot change the database",
    because: `it is in memory and would be lost when the program ends (set in ${origin})`,
    remedy: "name a file, as in sqlite:////var/lib/mistral/mistral.sqlite",
  });
}
