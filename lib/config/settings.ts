/**
 * The settings of one run, from the command line, the environment and the configuration files.
 *
 * @module
 */
import {
  type ConfigSource,
  type Environment,
  hiddenPaths,
  readConfigFiles,
} from "./config_files.ts";
import { type Configuration, type Overrides, type Setting, settingOf } from "./configuration.ts";
import { type Doubts, strayUrls } from "./fallback.ts";
import { isRead } from "./known.ts";
import type { Misspelling } from "./misspelled.ts";
import type { Assignment } from "./ini.ts";
import { OPTION_KEYS, type OptionKey, OPTIONS, type OptionValues } from "./options.ts";

/** The arguments of {@linkcode readSettings}. */
export interface SettingsRequest {
  /** The files and directories named on the command line, in its order. */
  readonly sources?: readonly ConfigSource[];
  /** Options given on the command line. */
  readonly overrides?: Overrides;
  /** Variables of the environment: `Deno.env`, or a Map. */
  readonly environment: Environment;
  /** Home directory of the user; null when there is none. */
  readonly home: string | null;
  /** Directory of the system's configuration files. Defaults to `/etc`. */
  readonly systemDirectory?: string;
}

/** The values of all options, where each was set, and whether something was probably overlooked. */
export interface Settings extends OptionValues, Doubts {
  /** A flag, a variable, or `file:line`; null for the default. */
  readonly origins: { readonly [K in OptionKey]: string | null };
}

/**
 * Reads all settings. The database URL is checked
 * when it is used.
 *
 * @throws {OperatorError} When a file cannot be read or parsed, or a value is wrong.
 * @throws {UsageError} When the command line gives a wrong value.
 */
export async function readSettings(request: SettingsRequest): Promise<Settings> {
  const { overrides = {}, sources = [], environment, home, systemDirectory = "/etc" } = request;
  const locations = { sources, environment, home, systemDirectory };
  const files = await readConfigFiles(locations);
  const settings = settingsOf({ overrides, environment, files });
  const isSet = settings.origins.connection !== null;
  return {
    ...settings,
    misspelled: await misspelledIn(files.flat()),
    strayUrls: isSet ? [] : strayUrls(files, environment),
    hidden: isSet ? [] : hiddenPaths(locations),
  };
}

/** What compares names is loaded only where some are not known. */
async function misspelledIn(assignments: readonly Assignment[]): Promise<readonly Misspelling[]> {
  const unread = assignments.filter((one) => !isRead(one));
  if (unread.length === 0) return [];
  return (await import("./misspelled.ts")).misspellings(unread);
}

/** The file that an origin names; null for a flag, a variable or a default. */
export function fileOf(origin: string | null): string | null {
  return /^(\/.*):\d+$/s.exec(origin ?? "")?.[1] ?? null;
}

/** A path in a file is meant from the directory of that file. */
function resolved(setting: Setting<readonly string[]>): Setting<readonly string[]> {
  const file = fileOf(setting.origin);
  if (file === null) return setting;
  const directory = file.slice(0, file.lastIndexOf("/"));
  const value = setting.value.map((path) => path.startsWith("/") ? path : `${directory}/${path}`);
  return { ...setting, value };
}

/** The values of all options in a configuration. */
function settingsOf(configuration: Configuration): Omit<Settings, keyof Doubts> {
  const settings = OPTION_KEYS.map((key) => {
    const setting = settingOf(configuration, key);
    const isPaths = OPTIONS[key].type === "paths";
    return [key, isPaths ? resolved(setting as Setting<readonly string[]>) : setting] as const;
  });
  const each = <T>(part: (setting: Setting<unknown>) => T) =>
    Object.fromEntries(settings.map(([key, setting]) => [key, part(setting)]));
  return {
    ...each(({ value }) => value) as unknown as OptionValues,
    origins: each(({ origin }) => origin) as Settings["origins"],
  };
}
