/**
 * The options that every command takes, before and after its name.
 *
 * @module
 */
import type { ConfigSource } from "../../config/config_files.ts";
import type { Overrides } from "../../config/configuration.ts";
import { type Option, OPTION_KEYS, type OptionKey, OPTIONS } from "../../config/options.ts";
import type { OptionSpec } from "../command.ts";

/** The values of the global options. */
export interface GlobalValues {
  /** Files and directories of settings, in the order of the command line. */
  readonly sources: readonly ConfigSource[];
  /** Settings. */
  readonly overrides: Overrides;
  /** Whether results are to be one JSON document. */
  readonly json: boolean;
  /** Whether standard error is for warnings and errors alone. */
  readonly quiet: boolean;
  /** For how many seconds to wait for a server that is down; null: as the settings say. */
  readonly wait: number | null;
}

/** No global options. */
export const NO_GLOBALS: GlobalValues = {
  sources: [],
  overrides: {},
  json: false,
  quiet: false,
  wait: null,
};

/** Seconds that `--wait` waits without a number. */
export const WAIT_SECONDS = 300;

/** What an option does immediately, whatever else is on the line, instead of setting a value. */
export type Announcement = "help" | "help-all" | "version";

/** An option that every command takes. */
export interface GlobalOption extends OptionSpec {
  /** Adds its value to those of other options. */
  readonly set: (values: GlobalValues, text: string) => GlobalValues;
  /** Null for most options, which only set a value. */
  readonly announces: Announcement | null;
}

const flag = { type: "flag", metavar: null, announces: null } as const;
const unchanged = (values: GlobalValues) => values;

function override(key: OptionKey, to?: string): GlobalOption["set"] {
  return (values, text) => ({
    ...values,
    overrides: { ...values.overrides, [key]: to ?? text },
  });
}

/** Values of repeated options are collected. */
function addition(key: OptionKey): GlobalOption["set"] {
  return (values, text) => {
    const { [key]: before } = values.overrides;
    return override(key, before === undefined ? text : `${before},${text}`)(values, text);
  };
}

function source(kind: ConfigSource["kind"]): GlobalOption["set"] {
  return (values, path) => ({ ...values, sources: [...values.sources, { kind, path }] });
}

/** A setting that has flags, as an option; a boolean also has its inverse, as oslo.config has it. */
function settingOptions(key: OptionKey): readonly GlobalOption[] {
  const { flags, type, metavar, help }: Option = OPTIONS[key];
  if (flags.length === 0) return [];
  if (type === "paths") {
    return [{ flags, type: "string", metavar, help, set: addition(key), announces: null }];
  }
  if (type !== "boolean") {
    return [{ flags, type: "string", metavar, help, set: override(key), announces: null }];
  }
  const inverse = `--no${flags[0]!.slice(2)}`;
  return [
    { ...flag, flags, help, set: override(key, "true") },
    {
      ...flag,
      flags: [inverse],
      help: `The inverse of ${flags[0]}`,
      set: override(key, "false"),
    },
  ];
}

/** `--help`, also of each command. */
export const HELP_OPTION: GlobalOption = {
  ...flag,
  flags: ["-h", "--help"],
  help: "Show this help, or with a command that of the command",
  set: unchanged,
  announces: "help",
};

/** The options that people need, by what they are about; the others are there for upstream's sake. */
export const SECTIONS: Readonly<Record<string, readonly string[]>> = {
  "Database": ["--connection", "--require-connection", "--wait"],
  "Configuration": ["--config-file", "--config-dir", "--versions-path"],
  "Output": ["--json", "--quiet", "--debug", "--log-file"],
  "Help": ["--help", "--help-all", "--version"],
};

/** The options, by name. */
export const GLOBAL_OPTIONS: readonly GlobalOption[] = [
  HELP_OPTION,
  ...[
    ...OPTION_KEYS.flatMap(settingOptions),
    {
      flags: ["--config-file"],
      type: "string",
      metavar: "PATH",
      values: "file",
      help: "Configuration file, in place of the default ones; may be given several times, later " +
        "files win",
      set: source("file"),
      announces: null,
    },
    {
      flags: ["--config-dir"],
      type: "string",
      metavar: "DIR",
      values: "directory",
      help: "Directory of which all `*.conf` files are read, sorted, in place of the default " +
        "directories; wins over files that are named before it",
      set: source("directory"),
      announces: null,
    },
    {
      ...flag,
      flags: ["--json"],
      help: "Print the result as one JSON document",
      set: (values: GlobalValues) => ({ ...values, json: true }),
    },
    {
      ...flag,
      flags: ["--quiet"],
      help: "Only warnings and errors on standard error, and no progress; a log file has all lines",
      set: (values: GlobalValues) => ({ ...values, quiet: true }),
    },
    {
      flags: ["--wait"],
      type: "seconds",
      metavar: "SECONDS",
      withoutValue: String(WAIT_SECONDS),
      help: `Wait for a database server that is down; written with "=", or without a number for ` +
        `${WAIT_SECONDS} s`,
      set: (values: GlobalValues, text: string) => ({ ...values, wait: Number(text) }),
      announces: null,
    },
    {
      ...flag,
      flags: ["--help-all"],
      help: "Show the options too that are accepted for upstream's sake",
      set: unchanged,
      announces: "help-all",
    },
    {
      ...flag,
      flags: ["--version"],
      help: "Show the version and the newest revision",
      set: unchanged,
      announces: "version",
    },
  ].toSorted((left, right) => left.flags[0]! < right.flags[0]! ? -1 : 1) as GlobalOption[],
];
