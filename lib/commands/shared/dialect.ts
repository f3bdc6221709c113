/**
 * The server that something is written or planned for, without a session on it.
 *
 * @module
 */
import { type Context, findDialect } from "../../cli/context.ts";
import { UsageError } from "../../errors.ts";
import { driverOf, drivers, loadServer } from "../../servers/drivers.ts";
import type { Server } from "../../servers/server.ts";

/**
 * The server of that name, or else that of the configured database.
 *
 * @throws {UsageError} When no server has that name.
 */
export async function serverOf(context: Context, name: string | undefined): Promise<Server> {
  if (name === undefined) return await driverOf((await findDialect(context)).settings).load();
  const names = [...drivers.keys()];
  if (names.includes(name)) return await loadServer(name);
  throw new UsageError({
    failed: "argument --dialect",
    because: `"${name}" is none of ${names.join(", ")}`,
  });
}
