/**
 * What is done where somebody else than root and the user who runs this can change what the program
 * goes by: code is not run and files are not written for them, unless the command line names what they
 * can change.
 *
 * @module
 */
import { isNamed, type NamedSources } from "../config/config_files.ts";
import { OPTION_KEYS, type OptionKey, optionLabel, OPTIONS } from "../config/options.ts";
import { fileOf, type Settings } from "../config/settings.ts";
import { OperatorError } from "../errors.ts";
import { HOW_TO_TRUST, strangerWhoMayChange } from "../files/trust.ts";
import { type Judge, refuseStrangers } from "../site/judge.ts";
import type { Log } from "./output/log.ts";

/** Settings that decide what code is run, and which files are written. */
const POWERFUL: readonly OptionKey[] = ["versionsPath", "logFile", "logDir"];

/** Warns of files and directories that somebody else may change, and that may be read all the same. */
export function warnOfStrangers(paths: readonly string[], log: Log): void {
  for (const path of paths) {
    const who = strangerWhoMayChange(path);
    if (who === null) continue;
    log.warning(`${path} can be changed by ${who}; make root or the user who runs this its owner`);
  }
}

/**
 * The files that settings come from.
 *
 * @throws {OperatorError} When somebody else may change one that leads to code or to files that are
 * written, and the command line does not name it.
 */
export function filesOfSettings({ origins }: Settings, named: NamedSources): readonly string[] {
  for (const key of POWERFUL) {
    const file = fileOf(origins[key]);
    const who = file === null || isNamed(file, named) ? null : strangerWhoMayChange(file);
    if (who === null) continue;
    throw new OperatorError({
      failed: `Cannot use ${origins[key]}`,
      because: `it sets ${optionLabel(OPTIONS[key])}, but can be changed by ${who}`,
      remedy: `${HOW_TO_TRUST}, or name it with --config-file`,
    });
  }
  const files = OPTION_KEYS.flatMap((key) => fileOf(origins[key]) ?? []);
  return [...new Set(files)];
}

/**
 * What is thought of migrations that somebody else may change: a warning where the command line names
 * their directory; else they are refused.
 */
export function judgeOfMigrations({ origins }: Settings, log: Log): Judge {
  const isNamed = OPTIONS.versionsPath.flags.some((flag) => flag === origins.versionsPath);
  return isNamed ? (path) => warnOfStrangers([path], log) : refuseStrangers;
}
