/**
 * The command line.
 *
 * @module
 */
export { restoreHome } from "./output/home.ts";
export { type Host, processHost } from "./output/host.ts";
export { run, sayFault } from "./run.ts";
