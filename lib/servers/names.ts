/**
 * The names of the servers, apart from all that is known of them, so that naming them loads nothing.
 *
 * @module
 */

/** What the command line calls them. */
export const SERVER_NAMES = ["postgresql", "mysql", "sqlite"] as const;

/** The server that is assumed where none is named: most deployments have it. */
export const USUAL_SERVER: typeof SERVER_NAMES[number] = "mysql";

/** The words before the `+` of their URLs. */
export const URL_NAMES: Readonly<Record<typeof SERVER_NAMES[number], readonly string[]>> = {
  postgresql: ["postgresql", "postgres"],
  mysql: ["mysql", "mariadb"],
  sqlite: ["sqlite"],
};

/** A database that ends with its session. */
export const TEMPORARY_DATABASE = "sqlite://";

/** The database of a configuration without one: a file in the current directory, as upstream has it. */
export const FALLBACK_DATABASE = "sqlite:///mistral.sqlite";
