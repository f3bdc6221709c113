/**
 * One run at a time on MySQL and MariaDB.
 *
 * @module
 */
import type { Database } from "../../database.ts";
import { galeraNode } from "../galera/node.ts";
import type { Lock, LockOptions } from "../../locks.ts";
import { waitForLock } from "../../shared/waiting.ts";
import { Lease } from "../galera/lease.ts";
import { namedLock } from "./named_lock.ts";

/**
 * Keeps other runs on the same database waiting until disposed. The named lock of a session keeps
 * those on the same server away; where that is a node of a cluster, a lease keeps away those on the
 * others.
 */
export async function lock(database: Database, options: LockOptions): Promise<Lock> {
  const node = await galeraNode(database);
  if (node === null) return await waitForLock(namedLock(database), options);
  await using held = new AsyncDisposableStack();
  if (node.hasNamedLocks) held.use(await waitForLock(namedLock(database), options));
  const lease = held.use(await waitForLock(new Lease(database), options));
  const both = held.move();
  return {
    confirm: () => lease.confirm(),
    [Symbol.asyncDispose]: () => both.disposeAsync(),
  };
}
