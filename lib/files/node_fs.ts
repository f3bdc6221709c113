/**
 * The file system as Node has it, with what Deno lacks: flags for opening, and modes and owners of what
 * is open. It is loaded when the first file is written, since that takes a third of what Deno takes to
 * start.
 *
 * @module
 */
// deno-lint-ignore no-process-global -- the module would be loaded at the start
const builtIn = () => process.getBuiltinModule("node:fs");

/** Node's functions for files. */
export const nodeFs = (): ReturnType<typeof builtIn> => builtIn();
