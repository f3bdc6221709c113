/**
 * The program: the only place that ends the process.
 *
 * @module
 */
import { processHost, run } from "./lib/commands/mod.ts";

if (import.meta.main) Deno.exit(await run(Deno.args, processHost()));
