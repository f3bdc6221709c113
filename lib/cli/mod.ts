/**
 * The command line.
 *
 * @module
 */
export { type Host, processHost } from "./output/host.ts";
export { run, sayFault } from "./run.ts";
