/**
 * The commands, their arguments and the texts of the help, as data.
 *
 * @module
 */
export * from "./checks/specs.ts";
export * from "./everyday/specs.ts";
export * from "./repairs/specs.ts";
export * from "./scripts/specs.ts";
export * from "./writing/specs.ts";
