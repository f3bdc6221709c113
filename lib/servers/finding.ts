/**
 * What examining a database finds.
 *
 * @module
 */

/** How bad a finding is: a failure is to be corrected before the upgrade. */
export type Status = "success" | "warning" | "failure";

/** The answer of a check. */
export interface Finding {
  /** How bad it is. */
  readonly status: Status;
  /** What was found, and what that means. */
  readonly details: string;
  /** What to do; null where there is nothing to do. */
  readonly remedy: string | null;
}

/** All is well. */
export const success = (details: string): Finding => ({ status: "success", details, remedy: null });

/** The upgrade can be made, but something is not as it should be. */
export const warning = (details: string, remedy: string): Finding => ({
  status: "warning",
  details,
  remedy,
});

/** The upgrade will fail, or do harm. */
export const failure = (details: string, remedy: string): Finding => ({
  status: "failure",
  details,
  remedy,
});
