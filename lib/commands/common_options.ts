/**
 * Options that several commands have.
 *
 * @module
 */
import { LOCK_TIMEOUT_SECONDS } from "../engine/options.ts";
import type { OptionSpec } from "./command.ts";

/** The long form of what a command lists. */
export const verbose = {
  flags: ["--verbose", "-v"],
  type: "flag",
  metavar: null,
  help: "show revisions in full, with the releases that use them",
} as const satisfies OptionSpec;

/** How long a command waits for another run on the same database. */
export const lockTimeout = {
  flags: ["--lock-timeout"],
  type: "seconds",
  metavar: "SECONDS",
  help: "how long to wait for another run on the same database; 0 does not wait " +
    `(default: ${LOCK_TIMEOUT_SECONDS})`,
} as const satisfies OptionSpec;
