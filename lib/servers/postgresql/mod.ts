/**
 * PostgreSQL.
 *
 * @module
 */
import type { Server } from "../server.ts";
import { catalog } from "./catalog.ts";
import { effects } from "./effects.ts";
import { locks } from "./locks.ts";
import { rules } from "./rules.ts";
import { script } from "./script.ts";
import { spelling } from "./spelling.ts";

/** PostgreSQL: a migration is one transaction, and every constraint has a name. */
export const postgresql: Server = Object.freeze({
  name: "postgresql",
  rules,
  spelling,
  catalog,
  effects,
  locks,
  script,
  health: async () => (await import("./health.ts")).health,
});
