/**
 * Whether a run may fall back to SQLite where nothing sets the connection: not where there are signs that
 * a database is configured, and was not found.
 *
 * @module
 */
import type { Failure } from "../errors.ts";
import { URL_NAMES } from "../servers/names.ts";
import type { Environment } from "./config_files.ts";
import type { Assignment } from "./ini.ts";
import { isRead } from "./known.ts";
import type { Misspelling } from "./misspelled.ts";
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

/** Whether a text begins as the URL of a database does. */
function isDatabaseUrl(text: string): boolean {
  const [, name] = /^(\w+)(?:\+\w+)?:\/\//.exec(text) ?? [];
  return Object.values(URL_NAMES).flat().some((one) => one === name);
}

/** Where a URL of a database is that nobody reads: options of the files, and variables such as `OS_DATABASE_CONNECTION`. */
export function strayUrls(
  files: readonly (readonly Assignment[])[],
  environment: Environment,
): readonly string[] {
  const options = files.flat()
    .filter((one) => !isRead(one) && isDatabaseUrl(one.value.reveal()))
    .map((one) => `${optionLabel(one)} in ${one.origin}`);
  const variables = Object.entries(environment.toObject?.() ?? {})
    .filter(([name, value]) => /^os_/i.test(name) && isDatabaseUrl(value))
    .map(([name]) => `the variable ${name}`);
  return [...options, ...variables];
}

/** Why a run may not fall back to SQLite, and what to do. */
type Objection = Pick<Failure, "because" | "remedy">;

const misspelling = ({ written, origin, meant }: Misspelling): Objection => ({
  because: `${optionLabel(written)} in ${origin} is not a known option`,
  remedy: `did you mean ${optionLabel(OPTIONS[meant])}?`,
});

/** What is said of a misspelled option. */
export function misspellingInWords(one: Misspelling): string {
  const { because, remedy } = misspelling(one);
  return `${because}; ${remedy}`;
}

const REMEDY = "set [database] connection in a configuration file, or OS_DATABASE__CONNECTION";

/** What speaks against falling back to SQLite; null where nothing does. */
export function whyNoFallback(
  { configSource, requireConnection, origins, misspelled, strayUrls, hidden }:
    & Pick<Settings, "configSource" | "requireConnection" | "origins">
    & Doubts,
): Objection | null {
  const [file] = hidden;
  const wrong = misspelled.find(({ meant }) => meant === "connection");
  const [stray] = strayUrls;
  if (configSource.length > 0) {
    return {
      because: `[DEFAULT] config_source (set in ${origins.configSource}) names ` +
        `${configSource.join(", ")}, which this program does not read`,
      remedy: REMEDY,
    };
  }
  if (file !== undefined) {
    return { because: `${file} cannot be read`, remedy: "run as a user who may read it" };
  }
  if (wrong !== undefined) return misspelling(wrong);
  if (stray !== undefined) {
    return { because: `${stray} is a database URL, but is not read`, remedy: REMEDY };
  }
  if (!requireConnection) return null;
  return {
    because: `[database] connection is not set, and ${origins.requireConnection} requires it`,
    remedy: REMEDY,
  };
}
