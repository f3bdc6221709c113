/**
 * A run in a process of its own: `upgrade_process.ts URL TARGET [STATEMENTS [direct]]`. Prints what the
 * upgrade came to as JSON; kills itself before the statement of that number.
 *
 * @module
 */
import { connectionSettings, open, Secret } from "../../lib/drivers/mod.ts";
import { type EngineEvent, upgrade } from "../../lib/engine/mod.ts";
import { graph } from "./migrations.ts";

const [url, target, statements = "Infinity", way] = Deno.args;
let left = Number(statements);

function killAtLast({ kind }: EngineEvent): void {
  if (kind === "statement" && left-- <= 0) Deno.kill(Deno.pid, "SIGKILL");
}

const openAnother = () => open(connectionSettings(new Secret(url!)));
await using connection = await openAnother();
const result = await upgrade(connection, graph, target!, {
  onEvent: killAtLast,
  openAnother,
  direct: way === "direct",
});
console.log(JSON.stringify(result));
