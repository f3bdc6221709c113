/**
 * The commands, their arguments and the texts of the help, as data.
 *
 * @module
 */
export * from "./checks.ts";
export * from "./everyday.ts";
export * from "./repairs.ts";
export * from "./scripts.ts";
export * from "./writing.ts";
