/**
 * Whether a run may fall back to SQLite where nothing sets the connection: not where there are signs that
 * a database is configured, and was not found.
 *
 * @module
 */
import type { Environment } from "./config_files.ts";
import type { Assignment } from "./ini.ts";
import { isRead, type Misspelling } from "./misspelled.ts";
import { optionLabel, OPTIONS } from "./options.ts";
import type { Settings } from "./settings.ts";

/** What speaks against the fallback. */
export interface Doubts {
  /** Options that are probably written wrongly. */
  readonly misspelled: readonly Misspelling[];
  /** Where something else has a URL of a database; looked for only where there is no connection. */
  readonly strayUrls: readonly string[];
  /** Files of which it cannot be told what they say; looked for only where there is no connection. */
  readonly hidden: readonly string[];
}

const DATABASE_URL = /^(?:mysql|mariadb|postgres|postgresql|sqlite)(?:\+\w+)?:\/\//;

/** Where a URL of a database is that nobody reads: options of the files, and variables such as `OS_DATABASE_CONNECTION`. */
export function strayUrls(
  files: readonly (readonly Assignment[])[],
  environment: Environment,
): readonly string[] {
  const options = files.flat()
    .filter((one) => !isRead(one) && DATABASE_URL.test(one.value.reveal()))
    .map((one) => `${optionLabel(one)} in ${one.origin}`);
  const variables = Object.entries(environment.toObject?.() ?? {})
    .filter(([name, value]) => /^os_/i.test(name) && DATABASE_URL.test(value))
    .map(([name]) => `the variable ${name}`);
  return [...options, ...variables];
}

/** What is said of a misspelled option. */
export function misspellingInWords({ written, origin, meant }: Misspelling): string {
  return `${optionLabel(written)} in ${origin} is not a known option; did you mean ${
    optionLabel(OPTIONS[meant])
  }?`;
}

const REMEDY = "set [database] connection in a configuration file, or OS_DATABASE__CONNECTION";

/** Why a run may not fall back to SQLite, and what to do; null where it may. */
export function whyNoFallback(
  { configSource, requireConnection, origins, misspelled, strayUrls, hidden }:
    & Pick<Settings, "configSource" | "requireConnection" | "origins">
    & Doubts,
): string | null {
  const [file] = hidden;
  const wrong = misspelled.find(({ meant }) => meant === "connection");
  const [stray] = strayUrls;
  if (configSource.length > 0) {
    return `[DEFAULT] config_source (set in ${origins.configSource}) names ` +
      `${configSource.join(", ")}, which this program does not read; ${REMEDY}`;
  }
  if (file !== undefined) return `${file} cannot be read; run as a user who may read it`;
  if (wrong !== undefined) return misspellingInWords(wrong);
  if (stray !== undefined) {
    return `${stray} is a database URL, but is not read; ${REMEDY}`;
  }
  if (!requireConnection) return null;
  return `[database] connection is not set, and ${origins.requireConnection} requires it; ${REMEDY}`;
}
