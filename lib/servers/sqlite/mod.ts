/**
 * SQLite.
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

/** SQLite: a migration is one transaction, and most changes rebuild the table. */
export const sqlite: Server = Object.freeze({
  name: "sqlite",
  rules,
  spelling,
  catalog,
  effects,
  locks,
  script,
  health: async () => (await import("./health.ts")).health,
});
