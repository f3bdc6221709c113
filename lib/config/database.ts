/**
 * The database of a run.
 *
 * @module
 */
import { connectionSettings } from "../drivers/connection_settings.ts";
import { Secret } from "../drivers/secret.ts";
import type { ConnectionSettings } from "../drivers/settings.ts";
import { OperatorError } from "../errors.ts";
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
 * the password.
 */
export function chosenDatabase(
  { connection, origins }: Pick<Settings, "connection" | "origins">,
): ChosenDatabase {
  const origin = origins.connection;
  try {
    return { settings: connectionSettings(connection ?? new Secret(FALLBACK_CONNECTION)), origin };
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    throw new OperatorError(`${error.message} (set in ${origin})`);
  }
}
