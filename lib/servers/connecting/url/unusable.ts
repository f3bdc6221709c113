/**
 * The error for a database URL that is wrong.
 *
 * @module
 */
import { OperatorError } from "../../../errors.ts";

/** The error that says what is wrong with a database URL, and what to write, where that is clear. */
export const unusable = (because: string, remedy: string | null = null): OperatorError =>
  new OperatorError({ failed: "Cannot use the database URL", because, remedy });
