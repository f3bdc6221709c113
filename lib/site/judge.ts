/**
 * Whether the file of a migration is run. A migration is code: it may do whatever this program may.
 *
 * @module
 */
import { OperatorError } from "../errors.ts";
import { HOW_TO_TRUST, strangerWhoMayChange } from "../files/trust.ts";

/** Looks at the file of a migration before it is read; throws where it must not be run. */
export type Judge = (path: string) => void;

/**
 * Refuses what somebody else than root and the user who runs this may change.
 *
 * @throws {OperatorError} When somebody may.
 */
export const refuseStrangers: Judge = (path) => {
  const who = strangerWhoMayChange(path);
  if (who === null) return;
  throw new OperatorError({
    failed: `Cannot load ${path}`,
    because:
      "a migration is code with all rights of this program, and this one can be changed by " +
      who,
    remedy: `${HOW_TO_TRUST}, or name its directory with --versions-path`,
  });
};
