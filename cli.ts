/**
 * The program: the only place that ends the process.
 *
 * @module
 */
import {
  captureConsole,
  type Host,
  printable,
  processHost,
  restoreHome,
  run,
  sayFault,
} from "./lib/cli/mod.ts";
import { COMMANDS } from "./lib/commands/table.ts";

/** Runs the command line of this process and ends it; a built program adds what it knows of itself. */
export async function main(known: Partial<Host> = {}): Promise<never> {
  restoreHome();
  const host = { ...processHost(), ...known };
  captureConsole();
  // What no one waits for may fail too, and would end in a stack trace.
  const end = async (event: Event, fault: unknown) => {
    event.preventDefault();
    Deno.exit(await sayFault(fault, host).catch(giveUp));
  };
  globalThis.addEventListener("unhandledrejection", (event) => end(event, event.reason));
  globalThis.addEventListener("error", (event) => end(event, event.error));
  Deno.exit(await run(Deno.args, host, COMMANDS).catch(giveUp));
}

/** Where not even the report of a fault can be made, as when the program's files are gone. */
function giveUp(fault: unknown): number {
  const problem = fault instanceof Error ? fault.message : "unknown";
  processHost().stderr.write(`${printable(`Cannot continue: ${problem}`)}\n`);
  return 1;
}

if (import.meta.main) await main();
