/**
 * One run at a time on MySQL and MariaDB, and how runs wait.
 *
 * @module
 */
import { flowControl } from "./galera/flow_control.ts";
import { LEASE_TABLE } from "./galera/lease.ts";
import { lock } from "./locking/lock.ts";
import { lockWaits } from "./locking/lock_waits.ts";
import { observation } from "./locking/observation.ts";
import { session } from "./locking/session_rules.ts";
import type { Locks } from "../locks.ts";

/** One run at a time on MySQL and MariaDB, and how runs wait. */
export const locks: Locks = Object.freeze({
  lock,
  lockWaits,
  observation,
  session,
  leftovers: [LEASE_TABLE],
  pace: flowControl,
  cluster: { cluster: "Galera cluster", lock: "TOI" },
});
