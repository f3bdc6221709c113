/**
 * MySQL and MariaDB.
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

/** MySQL and MariaDB: every statement on the schema commits at once. */
export const mysql: Server = Object.freeze({
  name: "mysql",
  rules,
  spelling,
  catalog,
  effects,
  locks,
  script,
  health: async () => (await import("./health.ts")).health,
});
