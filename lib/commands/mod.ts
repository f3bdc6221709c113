/**
 * The command line.
 *
 * @module
 */
export { processHost } from "./output/host.ts";
export { run, sayFault } from "./run.ts";
