/**
 * From a command line to an exit code.
 *
 * @module
 */
import { OPTION_KEYS, optionLabel, OPTIONS } from "../config/options.ts";
import type { Settings } from "../config/settings.ts";
import { UsageError } from "../errors.ts";
import { jsonText, printable } from "../text/printable.ts";
import type { Announcement, GlobalValues } from "./argv/global_options.ts";
import { parse, type Parsed } from "./argv/parse.ts";
import { programName, usage } from "./argv/usage.ts";
import type { Command, Result } from "./command.ts";
import type { Context, Seen } from "./context.ts";
import { listen } from "./interrupt.ts";
import { requireProc } from "./proc.ts";
import { logConsoleTo } from "./output/console.ts";
import type { Host } from "./output/host.ts";
import type { Log } from "./output/log.ts";
import { maskUrls } from "./output/mask.ts";
import { shownLine } from "./output/shown.ts";
import type { LogSettings } from "./output/open_log.ts";

/** A command line that asks for a command. */
type Running = Extract<Parsed, { readonly kind: "run" }>;

/** The width of text where neither a terminal nor `COLUMNS` gives one. */
const DEFAULT_COLUMNS = 80;

/** The log before the settings are read. */
const EARLY_LOG: LogSettings = {
  debug: false,
  useJson: false,
  logDateFormat: OPTIONS.logDateFormat.default,
  logFile: null,
  logDir: null,
  quiet: false,
};

/**
 * Runs a command line; returns the exit code. Never throws, and writes only to
 * the host's streams, the database, and the log file that the settings name.
 */
export async function run(
  argv: readonly string[],
  host: Host,
  commands: readonly Command[],
): Promise<number> {
  try {
    const parsed = await parse(argv, commands);
    if (parsed.kind === "run") return await runCommand(parsed, host);
    if (parsed.kind === "mistake") {
      await sayMistake(parsed.error, parsed.usageOf, host, argv.includes("--json"));
      return parsed.command?.faultCode ?? parsed.error.exitCode;
    }
    const text = await announcement(parsed.kind, parsed.command, host, commands);
    host.stdout.write(text.split("\n").map(shownLine).join("\n"));
    return 0;
  } catch (error) {
    return await sayFault(error, host);
  }
}

/** Reports errors outside of commands; returns the exit code. */
export async function sayFault(error: unknown, host: Host): Promise<number> {
  const { report } = await import("./output/report.ts");
  const { openLog } = await import("./output/open_log.ts");
  using log = openLog(EARLY_LOG, host.stderr);
  return report(error, { host, log, json: false });
}

/** The text of `--help` or `--version`. */
async function announcement(
  kind: Announcement,
  command: Command | null,
  host: Host,
  commands: readonly Command[],
): Promise<string> {
  if (kind === "version") return `${await (await import("./version.ts")).versionLine(host)}\n`;
  const [{ help }, { stylerOf }] = await Promise.all([
    import("./argv/help.ts"),
    import("./output/style.ts"),
  ]);
  const options = { columns: columns(host), style: stylerOf(host), all: kind === "help-all" };
  return help(kind === "help-all" ? null : command, commands, options);
}

/** The width of help: `COLUMNS`, else the terminal's width, as in argparse. */
function columns({ environment, stdout }: Host): number {
  return Number(environment.get("COLUMNS")) || stdout.columns || DEFAULT_COLUMNS;
}

/** Reports a mistake on the command line, as argparse does. */
async function sayMistake(
  error: UsageError,
  command: Command | null,
  host: Host,
  json: boolean,
): Promise<void> {
  if (json) host.stdout.write((await import("./output/report.ts")).failureJson(error));
  const text = printable(`${programName(command)}: error: ${maskUrls(error.message)}`);
  host.stderr.write(`${usage(command)}\n${text}\n`);
}

/** Runs a command and handles its errors. */
async function runCommand(
  { command, values, globals }: Running,
  host: Host,
): Promise<number> {
  const { openLog } = await import("./output/open_log.ts");
  using logs = new DisposableStack();
  using interrupt = listen(host.environment);
  let log: Log = logs.use(openLog(earlyLogSettings(globals), host.stderr));
  logConsoleTo({ debug: (message) => log.debug(message) });
  const lastWords = new Set<string>();
  const seen: Seen = { graph: null, database: null };
  const work = async (): Promise<Result> => {
    await requireProc();
    const { readSettings } = await import("../config/settings.ts");
    const settings = await readSettings({ ...globals, ...host });
    const { filesOfSettings, warnOfStrangers } = await import("./strangers.ts");
    const { warnOfDoubts } = await import("./doubts.ts");
    const files = filesOfSettings(settings, { ...globals, ...host });
    const { quiet, wait } = globals;
    log = logs.use(openLog({ ...settings, quiet }, host.stderr));
    sayOrigins(settings, log);
    warnOfStrangers([...files, ...settings.versionsPath], log);
    warnOfDoubts(settings, log);
    const context: Context = { host, log, settings, quiet, wait, interrupt, lastWords, seen };
    return await command.run(context, values);
  };
  try {
    const result = await interrupt.untilStopped(work());
    // A reader that does not read blocks the process.
    await interrupt.whileBlocked(() => print(result, globals.json, host));
    return result.exitCode ?? 0;
  } catch (error) {
    if (error instanceof UsageError) {
      await sayMistake(error, command, host, globals.json);
      return command.faultCode ?? error.exitCode;
    }
    const { report } = await import("./output/report.ts");
    const { signal, exitCode } = interrupt;
    const cause = signal.aborted ? signal.reason : await withHint(error, seen);
    const code = report(cause, { host, log, json: globals.json });
    return exitCode ?? command.faultCode ?? code;
  } finally {
    for (const words of lastWords) log.warning(words);
  }
}

/** An error, explained where that takes the history; without one nothing is loaded. */
async function withHint(error: unknown, seen: Seen): Promise<unknown> {
  return seen.graph === null ? error : await (await import("./hints.ts")).explained(error, seen);
}

/** The log options of the command line, used until the settings are read. */
function earlyLogSettings({ overrides, quiet }: GlobalValues): LogSettings {
  const { debug, useJson, logDateFormat = EARLY_LOG.logDateFormat } = overrides;
  const [isDebug, asJson] = [debug === "true", useJson === "true"];
  return { ...EARLY_LOG, quiet, debug: isDebug, useJson: asJson, logDateFormat };
}

/** Logs where settings come from. */
function sayOrigins({ origins }: Settings, log: Log): void {
  for (const key of OPTION_KEYS) {
    const origin = origins[key];
    if (origin !== null) log.debug(`${optionLabel(OPTIONS[key])} is set in ${origin}`);
  }
}

/** Writes a result: the one place where text of others could speak to a terminal. */
function print({ lines, json, isVerbatim }: Result, asJson: boolean, { stdout }: Host): void {
  if (asJson) return stdout.write(`${jsonText(json, 2)}\n`);
  const shown = isVerbatim ? lines : lines.map(shownLine);
  if (shown.length > 0) stdout.write(shown.map((line) => `${line}\n`).join(""));
}
