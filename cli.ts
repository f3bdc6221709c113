/**
 * The program: the only place that ends the process.
 *
 * @module
 */
import { processHost, run, sayFault } from "./lib/commands/mod.ts";

if (import.meta.main) {
  const host = processHost();
  // What no one waits for may fail too, and would end in a stack trace.
  globalThis.addEventListener("unhandledrejection", async (event) => {
    event.preventDefault();
    Deno.exit(await sayFault(event.reason, host));
  });
  Deno.exit(await run(Deno.args, host));
}
