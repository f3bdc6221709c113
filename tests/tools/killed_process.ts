/**
 * A work in a process of its own, which kills itself before the statement of that number that may change
 * something: `killed_process.ts WORK URL STATEMENTS`.
 *
 * @module
 */
import { connectionSettings, open, Secret } from "../../lib/drivers/mod.ts";
import type { Connection } from "../../lib/drivers/mod.ts";
import { type WorkName, WORKS } from "./works.ts";

const [name, url, statements] = Deno.args;
let left = Number(statements);

await using connection = await open(connectionSettings(new Secret(url!)));
const mortal: Connection = {
  dialect: connection.dialect,
  isPooled: connection.isPooled,
  query: (statement) => connection.query(statement),
  async execute(statement) {
    if (left-- <= 0) Deno.kill(Deno.pid, "SIGKILL");
    return await connection.execute(statement);
  },
  [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose](),
};
await WORKS[name as WorkName].run(mortal);
