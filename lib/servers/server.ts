/**
 * A server as a value: everything that the program knows of PostgreSQL, of MySQL and MariaDB, or of
 * SQLite. Another one that resembles it is a spread: `{ ...postgresql, name: "cockroachdb", locks }`.
 *
 * @module
 */
import type { ServerRules } from "../operations/server_rules.ts";
import type { Catalog } from "./catalog.ts";
import type { Effect, Facts } from "./effect.ts";
import type { Health } from "./health.ts";
import type { Locks } from "./locks.ts";
import type { ScriptRules } from "./script.ts";
import type { Spelling } from "./spelling.ts";
import type { Step } from "./step.ts";

/** A server. */
export interface Server {
  /** What the command line calls it. */
  readonly name: string;
  /** What it makes of a migration's operations. */
  readonly rules: ServerRules;
  /** Its SQL. */
  readonly spelling: Spelling;
  /** What can be asked of it. */
  readonly catalog: Catalog;
  /** What each statement of a step does to tables that are there, for whoever uses them meanwhile. */
  effects(step: Step, facts: Facts): readonly (readonly Effect[])[];
  /** One run at a time, and waits for others. */
  readonly locks: Locks;
  /** Scripts for its own client. */
  readonly script: ScriptRules;
  /** What `doctor` asks of it; loaded for `doctor` alone. */
  health(): Promise<Health>;
}
