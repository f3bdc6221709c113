/**
 * The options that this program reads, each in one row. A new option is a new row.
 *
 * @module
 */
import type { OptionTypes, TypeName } from "./option_types.ts";

/** The place of an option in a file. */
export interface OptionName {
  /** Section of the file. */
  readonly group: string;
  /** Name in the section. */
  readonly name: string;
}

/** An option of the configuration files, the environment and, when it has flags, the command line. */
export interface Option<T extends TypeName = TypeName> extends OptionName {
  /** How its text is read. */
  readonly type: T;
  /** The default; null: none. */
  readonly default: OptionTypes[T] | null;
  /** Older names that still work, in files only. */
  readonly deprecated: readonly OptionName[];
  /**
   * How it is given on the command line, the usual way first. A boolean also has the inverse of its
   * first flag, as in `--nodebug`.
   */
  readonly flags: readonly string[];
  /** The placeholder of the value in the usage; null for a boolean. */
  readonly metavar: string | null;
  /** One line for the usage. */
  readonly help: string;
}

/** A row of the table; missing fields are empty. */
function option<T extends TypeName, D extends OptionTypes[T] | null>(
  { group = "DEFAULT", deprecated = [], flags = [], metavar = null, ...rest }:
    & Pick<Option<T>, "name" | "type" | "help">
    & Partial<Omit<Option<T>, "default">>
    & { readonly default: D },
): Option<T> & { readonly default: D } {
  return { group, deprecated, flags, metavar, ...rest };
}

/** The options, by the name that they have in {@linkcode OptionValues}. */
export const OPTIONS = {
  connection: option({
    group: "database",
    name: "connection",
    type: "secret",
    default: null,
    deprecated: [
      { group: "DEFAULT", name: "sql_connection" },
      { group: "database", name: "sql_connection" },
      { group: "sql", name: "connection" },
    ],
    flags: ["--connection"],
    metavar: "URL",
    help: "URL of the database, as in mysql+pymysql://user:password@host/mistral",
  }),
  maxRetries: option({
    group: "database",
    name: "max_retries",
    type: "integer",
    default: 10,
    deprecated: [
      { group: "DEFAULT", name: "sql_max_retries" },
      { group: "database", name: "sql_max_retries" },
    ],
    help: "How often to retry while the server cannot be reached; -1: forever",
  }),
  retryInterval: option({
    group: "database",
    name: "retry_interval",
    type: "natural",
    default: 10,
    deprecated: [
      { group: "DEFAULT", name: "sql_retry_interval" },
      { group: "database", name: "reconnect_interval" },
    ],
    help: "Seconds between two tries to reach the server",
  }),
  versionsPath: option({
    group: "mistral_db_manage",
    name: "versions_path",
    type: "paths",
    default: [],
    flags: ["--versions-path"],
    metavar: "DIR",
    help: "Directory with your own migrations, in addition to this program's; may be given " +
      "several times, in a file with commas between",
  }),
  ignore: option({
    group: "mistral_db_manage",
    name: "ignore",
    type: "names",
    default: [],
    help:
      "What verify, check and revision --autogenerate leave out: tables, or table.column, with " +
      "commas between; * stands for any text",
  }),
  requireConnection: option({
    group: "mistral_db_manage",
    name: "require_connection",
    type: "boolean",
    default: false,
    flags: ["--require-connection"],
    help: "Refuse to run without a configured database, instead of using an SQLite file",
  }),
  // oslo.config's own: where else options come from. Read so that a run can be refused that needs them.
  configSource: option({
    name: "config_source",
    type: "names",
    default: [],
    help: "Drivers of further sources of options; not supported",
  }),
  debug: option({
    name: "debug",
    type: "boolean",
    default: false,
    flags: ["--debug", "-d"],
    help: "Log debug messages too",
  }),
  logConfigAppend: option({
    name: "log_config_append",
    type: "string",
    default: null,
    deprecated: [{ group: "DEFAULT", name: "log_config" }],
    flags: ["--log-config-append", "--log-config", "--log_config"],
    metavar: "PATH",
    help: "Python logging configuration file; accepted and not read",
  }),
  logDateFormat: option({
    name: "log_date_format",
    type: "string",
    default: "%Y-%m-%d %H:%M:%S",
    flags: ["--log-date-format"],
    metavar: "DATE_FORMAT",
    help: "Format of the time in log lines, in the codes of strftime",
  }),
  logFile: option({
    name: "log_file",
    type: "string",
    default: null,
    deprecated: [{ group: "DEFAULT", name: "logfile" }],
    flags: ["--log-file", "--logfile"],
    metavar: "PATH",
    help: "File to log to, besides standard error",
  }),
  logDir: option({
    name: "log_dir",
    type: "string",
    default: null,
    deprecated: [{ group: "DEFAULT", name: "logdir" }],
    flags: ["--log-dir", "--logdir"],
    metavar: "LOG_DIR",
    help: "Directory that a relative log file is in",
  }),
  watchLogFile: option({
    name: "watch_log_file",
    type: "boolean",
    default: false,
    flags: ["--watch-log-file"],
    help: "Accepted for compatibility; log files are not watched during a run",
  }),
  useSyslog: option({
    name: "use_syslog",
    type: "boolean",
    default: false,
    flags: ["--use-syslog"],
    help: "Accepted for compatibility; log lines go to standard error",
  }),
  useJournal: option({
    name: "use_journal",
    type: "boolean",
    default: false,
    flags: ["--use-journal"],
    help: "Accepted for compatibility; log lines go to standard error",
  }),
  syslogLogFacility: option({
    name: "syslog_log_facility",
    type: "string",
    default: "LOG_USER",
    flags: ["--syslog-log-facility"],
    metavar: "SYSLOG_LOG_FACILITY",
    help: "Accepted for compatibility; nothing is logged to syslog",
  }),
  useJson: option({
    name: "use_json",
    type: "boolean",
    default: false,
    flags: ["--use-json"],
    help: "Log lines as JSON",
  }),
  useStderr: option({
    name: "use_stderr",
    type: "boolean",
    default: false,
    help: "Accepted for compatibility; log lines always go to standard error",
  }),
  record: option({
    group: "mistral_db_manage",
    name: "record",
    type: "boolean",
    default: false,
    help: "Write down in the database who applied which revision, and when",
  }),
  // Mistral's own: which executions it removes by itself. Texts, since a mistake there is not ours to find.
  expirationInterval: option({
    group: "execution_expiration_policy",
    name: "evaluation_interval",
    type: "string",
    default: null,
    help: "How often Mistral removes old executions, in minutes",
  }),
  expirationOlderThan: option({
    group: "execution_expiration_policy",
    name: "older_than",
    type: "string",
    default: null,
    help: "How old an execution must be for that, in minutes",
  }),
  expirationMaxFinished: option({
    group: "execution_expiration_policy",
    name: "max_finished_executions",
    type: "string",
    default: null,
    help: "How many finished executions Mistral keeps",
  }),
};

/** Name of an option in this program. */
export type OptionKey = keyof typeof OPTIONS;

/** The names of all options in this program. */
export const OPTION_KEYS = Object.keys(OPTIONS) as readonly OptionKey[];

/** What an option can be: null only where there is no default. */
export type OptionValue<K extends OptionKey> =
  | OptionTypes[(typeof OPTIONS)[K]["type"]]
  | Extract<(typeof OPTIONS)[K]["default"], null>;

/** The values of all options. */
export type OptionValues = { readonly [K in OptionKey]: OptionValue<K> };

/** The name of an option in messages, as in `[database] connection`. */
export function optionLabel({ group, name }: OptionName): string {
  return `[${group}] ${name}`;
}

/**
 * The option that a reference in another option's value means: by its own name, or by an older one
 * in `DEFAULT`. Nothing when there is no such option.
 */
export function findOption({ group, name }: OptionName): OptionKey | undefined {
  const isMeant = (candidate: OptionName) => candidate.group === group && candidate.name === name;
  return OPTION_KEYS.find((key) => isMeant(OPTIONS[key])) ??
    OPTION_KEYS.find((key) => group === "DEFAULT" && OPTIONS[key].deprecated.some(isMeant));
}
