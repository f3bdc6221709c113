/**
 * A run in a process of its own: `upgrade_process.ts URL TARGET`. Prints what the upgrade came to as JSON.
 *
 * @module
 */
import { open } from "../../lib/servers/connecting/connect.ts";
import { connectionSettings } from "../../lib/servers/connecting/url/connection_settings.ts";
import { Secret } from "../../lib/servers/connecting/url/secret.ts";
import { upgrade } from "../../lib/engine/mod.ts";
import { graph } from "./migrations.ts";

const [url, target] = Deno.args;

await using connection = await open(connectionSettings(new Secret(url!)));
console.log(JSON.stringify(await upgrade(connection, graph, target!)));
