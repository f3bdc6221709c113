/**
 * SQLite leaves constraints without a name unnamed. Here they get the names that PostgreSQL would
 * give them, so that a message about a constraint reads alike on both.
 *
 * @module
 */
export { names } from "../../postgresql/sql/names.ts";
