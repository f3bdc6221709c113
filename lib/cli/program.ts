/**
 * The program's name, in its messages and on the command line.
 *
 * @module
 */

/** Name of the program. */
export const PROGRAM = "mistral-db-manage";
