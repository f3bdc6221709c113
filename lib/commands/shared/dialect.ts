/**
 * The server that something is written or planned for, without a session on it.
 *
 * @module
 */
import type { Context } from "../../cli/context.ts";
import { findDialect } from "../../cli/database.ts";
import { driverOf, loadServer } from "../../servers/drivers.ts";
import type { Server } from "../../servers/server.ts";

/** The server of that name, one of `drivers`, or else that of the configured database. */
export async function serverOf(context: Context, name: string | undefined): Promise<Server> {
  if (name === undefined) return await driverOf((findDialect(context)).settings).load();
  return await loadServer(name);
}
