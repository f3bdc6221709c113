/**
 * The program: the only place that ends the process.
 *
 * @module
 */
import { type Host, processHost, restoreHome, run, sayFault } from "./lib/cli/mod.ts";
import { COMMANDS } from "./lib/commands/table.ts";

/** Runs the command line of this process and ends it; a built program adds what it knows of itself. */
export async function main(known: Partial<Host> = {}): Promise<never> {
  restoreHome();
  const host = { ...processHost(), ...known };
  // What no one waits for may fail too, and would end in a stack trace.
  globalThis.addEventListener("unhandledrejection", async (event) => {
    event.preventDefault();
    Deno.exit(await sayFault(event.reason, host).catch(giveUp));
  });
  Deno.exit(await run(Deno.args, host, COMMANDS).catch(giveUp));
}

/** Where not even the report of a fault can be made, as when the program's files are gone. */
function giveUp(fault: unknown): number {
  console.error(`Cannot continue: ${fault instanceof Error ? fault.message : "unknown"}`);
  return 1;
}

if (import.meta.main) await main();
