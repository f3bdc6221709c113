/**
 * The names of the servers, apart from all that is known of them, so that naming them loads nothing.
 *
 * @module
 */

/** What the command line calls them. */
export const SERVER_NAMES = ["postgresql", "mysql", "sqlite"] as const;

/** The server that is assumed where none is named: most deployments have it. */
export const USUAL_SERVER: typeof SERVER_NAMES[number] = "mysql";
