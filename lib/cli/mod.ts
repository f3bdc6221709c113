/**
 * The command line.
 *
 * @module
 */
export { captureConsole } from "./output/console.ts";
export { printable } from "../text/printable.ts";
export { restoreHome } from "./output/home.ts";
export { type Host, processHost } from "./output/host.ts";
export { run, sayFault } from "./run.ts";
