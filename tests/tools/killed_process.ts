/**
 * A work in a process of its own, which kills itself before the statement of that number that may change
 * something: `killed_process.ts WORK URL STATEMENTS`.
 *
 * @module
 */
import { open } from "../../lib/servers/connecting/connect.ts";
import { connectionSettings } from "../../lib/servers/connecting/url/connection_settings.ts";
import { Secret } from "../../lib/servers/connecting/url/secret.ts";
import { disturbed, type WorkName, WORKS } from "./works.ts";

const [name, url, statements] = Deno.args;

await using connection = await open(connectionSettings(new Secret(url!)));
await WORKS[name as WorkName].run(
  disturbed(connection, Number(statements), () => Deno.kill(Deno.pid, "SIGKILL")),
);
