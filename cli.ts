/**
 * The program: the only place that ends the process.
 *
 * @module
 */
import { type Host, processHost, run, sayFault } from "./lib/cli/mod.ts";
import { COMMANDS } from "./lib/commands/table.ts";

/** Runs the command line of this process and ends it; a built program adds what it knows of itself. */
export async function main(known: Partial<Host> = {}): Promise<never> {
  const host = { ...processHost(), ...known };
  // What no one waits for may fail too, and would end in a stack trace.
  globalThis.addEventListener("unhandledrejection", async (event) => {
    event.preventDefault();
    Deno.exit(await sayFault(event.reason, host));
  });
  Deno.exit(await run(Deno.args, host, COMMANDS));
}

if (import.meta.main) await main();
