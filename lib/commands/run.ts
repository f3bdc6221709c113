/**
 * From a command line to an exit code.
 *
 * @module
 */
import { OPTION_KEYS, optionLabel, OPTIONS } from "../config/options.ts";
import { UsageError } from "../errors.ts";
import { parse, type Parsed } from "./argv/parse.ts";
import { programName, usage } from "./argv/usage.ts";
import type { Command, Result } from "./command.ts";
import type { Context } from "./context.ts";
import { listen } from "./interrupt.ts";
import type { Host } from "./output/host.ts";
import { maskUrls } from "./output/mask.ts";

/** The width of text where neither a terminal nor `COLUMNS` gives one. */
const DEFAULT_COLUMNS = 80;

/**
 * Does what a command line asks for; gives the exit code. Never throws, and writes nothing but to
 * the host's streams, the database, and the log file that the settings name.
 */
export async function run(argv: readonly string[], host: Host): Promise<number> {
  const parsed = await parse(argv);
  switch (parsed.kind) {
    case "run":
      return await runCommand(parsed, host);
    case "mistake":
      return sayMistake(parsed.error, parsed.command, host);
    case "help": {
      const { help } = await import("./argv/help.ts");
      host.stdout.write(help(parsed.command, columns(host)));
      return 0;
    }
    case "version": {
      const { versionLine } = await import("./version.ts");
      host.stdout.write(`${await versionLine()}\n`);
      return 0;
    }
  }
}

/** How wide help may be: `COLUMNS`, else the terminal's width, as argparse has it. */
function columns({ environment, stdout }: Host): number {
  return Number(environment.get("COLUMNS")) || stdout.columns || DEFAULT_COLUMNS;
}

/** Says what is wrong with the command line, as argparse does. */
function sayMistake(error: UsageError, command: Command | null, host: Host): number {
  const text = `${programName(command)}: error: ${maskUrls(error.message)}`;
  host.stderr.write(`${usage(command, columns(host) - 2)}\n${text}\n`);
  return error.exitCode;
}

/** Runs a command, whatever comes of it. */
async function runCommand(
  parsed: Extract<Parsed, { readonly kind: "run" }>,
  host: Host,
): Promise<number> {
  const { command, values, globals: { sources, overrides, json } } = parsed;
  const { openLog } = await import("./output/open_log.ts");
  const isOn = (text: string | undefined) => text === "true";
  using logs = new DisposableStack();
  using interrupt = listen();
  // Until the settings are read, what the command line says of the log is all that is known.
  let log = logs.use(openLog({
    debug: isOn(overrides.debug),
    useJson: isOn(overrides.useJson),
    logDateFormat: overrides.logDateFormat ?? OPTIONS.logDateFormat.default,
    logFile: null,
    logDir: null,
  }, host.stderr));
  try {
    const { readSettings } = await import("../config/settings.ts");
    const { environment, home } = host;
    const settings = await readSettings({ sources, overrides, environment, home });
    log = logs.use(openLog(settings, host.stderr));
    for (const key of OPTION_KEYS) {
      const origin = settings.origins[key];
      if (origin !== null) log.debug(`${optionLabel(OPTIONS[key])} is set in ${origin}`);
    }
    const context: Context = { host, log, settings, signal: interrupt.signal };
    print(await command.run(context, values), json, host);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) return sayMistake(error, null, host);
    const { report } = await import("./output/report.ts");
    const { signal } = interrupt;
    const code = report(signal.aborted ? signal.reason : error, { host, log, json });
    return interrupt.exitCode ?? code;
  }
}

function print({ lines, json }: Result, asJson: boolean, { stdout }: Host): void {
  if (asJson) stdout.write(`${JSON.stringify(json, null, 2)}\n`);
  else if (lines.length > 0) stdout.write(lines.map((line) => `${line}\n`).join(""));
}
