/**
 * The servers by the name of their dialect, for tests that need no database.
 *
 * @module
 */
import { mysql } from "../../lib/servers/mysql/mod.ts";
import { postgresql } from "../../lib/servers/postgresql/mod.ts";
import { sqlite } from "../../lib/servers/sqlite/mod.ts";
import type { Server } from "../../lib/servers/server.ts";
import type { DialectName } from "../../lib/sql/dialect_name.ts";

/** All servers that the program comes with. */
export const dialects: Readonly<Record<DialectName, Server>> = { postgresql, mysql, sqlite };
