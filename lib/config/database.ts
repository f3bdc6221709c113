/**
 * The database of a run.
 *
 * @module
 */
import { connectionSettings } from "../servers/connecting/url/connection_settings.ts";
import { Secret } from "../servers/connecting/url/secret.ts";
import type { ConnectionSettings } from "../servers/connecting/url/settings.ts";
import { driverOf } from "../servers/drivers.ts";
import { FALLBACK_DATABASE } from "../servers/names.ts";
import { appended, OperatorError } from "../errors.ts";
import { whyNoFallback } from "./fallback.ts";
import type { Settings } from "./settings.ts";

/** The database of a run. */
export interface ChosenDatabase {
  /** What the driver needs to know. */
  readonly settings: ConnectionSettings;
  /** Where it was set: a flag, a variable, or `file:line`; null for the default. */
  readonly origin: string | null;
}

/**
 * The database that the settings name, or else {@linkcode FALLBACK_DATABASE}, of which the
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
    return { settings: connectionSettings(connection ?? new Secret(FALLBACK_DATABASE)), origin };
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    throw new OperatorError(appended(error, ` (set in ${origin})`));
  }
}

/**
 * Refuses a URL that leaves open which database of a server is meant.
 *
 * @throws {OperatorError} When it names none.
 */
export function refuseNameless({ settings, origin }: ChosenDatabase): void {
  if (driverOf(settings).isNamed(settings)) return;
  throw new OperatorError({
    failed: "Cannot use the database URL",
    because: `it names no database (set in ${origin})`,
    remedy: `add the name after the host, as in ${settings.server}://user:password@host/mistral`,
  });
}

/**
 * Refuses to change a database that ends with the program.
 *
 * @throws {OperatorError} When it is in memory, or a temporary file.
 */
export function refuseTemporary({ settings, origin }: ChosenDatabase): void {
  if (!driverOf(settings).isTemporary(settings)) return;
  throw new OperatorError({
    failed: "Cannot change the database",
    because: `it is in memory and would be lost when the program ends (set in ${origin})`,
    remedy: "name a file, as in sqlite:////var/lib/mistral/mistral.sqlite",
  });
}
