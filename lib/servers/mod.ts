/**
 * The dialects by name.
 *
 * @module
 */
import type { DialectName } from "../sql/dialect_name.ts";
import type { Server } from "./server.ts";
import { mysql } from "./mysql/mod.ts";
import { postgresql } from "./postgresql/mod.ts";
import { sqlite } from "./sqlite/mod.ts";

/** All dialects that the program speaks. */
export const dialects: Readonly<Record<DialectName, Server>> = { postgresql, mysql, sqlite };
