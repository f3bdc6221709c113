/**
 * Whether an empty database gets its schema at once or revision by revision.
 *
 * @module
 */
import { UsageError } from "../../errors.ts";
import type { OptionSpec } from "../../cli/command.ts";

/** The options that decide it. */
export const creationOptions = {
  stepByStep: {
    flags: ["--step-by-step"],
    type: "flag",
    metavar: null,
    help: "run every revision also on an empty database, instead of creating its schema directly",
  },
  direct: {
    flags: ["--direct"],
    type: "flag",
    metavar: null,
    help: "in a script from an empty database: create the schema directly instead of running " +
      "every revision",
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;

/** The values of these options. */
export interface CreationChoice {
  /** Whether every revision is run also on an empty database. */
  readonly stepByStep: boolean;
  /** Whether a script creates the schema directly. */
  readonly direct: boolean;
}

/**
 * What was chosen. Where nothing was, a database is created directly, and a script, which a DBA reads
 * and compares with the real tool's, has every revision.
 *
 * @param isScript Whether there is no database.
 * @throws {UsageError} When both are chosen.
 */
export function isDirect(
  { stepByStep, direct }: CreationChoice,
  isScript: boolean,
): boolean {
  if (stepByStep && direct) {
    throw new UsageError({
      failed: "argument --direct",
      because: "not allowed with argument --step-by-step",
    });
  }
  return direct || (!isScript && !stepByStep);
}
