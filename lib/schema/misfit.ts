/**
 * The error of a change that a schema cannot take.
 *
 * @module
 */
import { OperatorError } from "../errors.ts";

/**
 * A change that does not fit the schema, such as a column for a table that is not there: the only error
 * that tells something about the database, so that planning may catch it, by this name.
 */
export class Misfit extends OperatorError {
  /** The name of the class. */
  override name = "Misfit";
}
