/**
 * One run at a time on PostgreSQL, and how runs wait.
 *
 * @module
 */
import { unhindered } from "../locking/pace.ts";
import { NO_RULES } from "../session_rules.ts";
import { lock } from "./locking/lock.ts";
import { lockWaits } from "./locking/lock_waits.ts";
import { observation } from "./locking/observation.ts";
import type { Locks } from "../locks.ts";

/** One run at a time on PostgreSQL, and how runs wait. */
export const locks: Locks = Object.freeze({
  lock,
  lockWaits,
  observation,
  session: NO_RULES,
  leftovers: [],
  pace: unhindered,
  cluster: null,
});
