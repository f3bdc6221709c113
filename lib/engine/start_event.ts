/**
 * The event that a migration begins.
 *
 * @module
 */
import type { Action } from "../plan/actions.ts";
import type { Plan } from "../plan/plan.ts";
import type { EngineEvent } from "./events.ts";

/** Tells that a migration begins, or that only its row changes; null where nothing changes. */
export function startEvent(
  { kind }: Plan,
  { migration, position, total }: Action<"start">,
): EngineEvent | null {
  const { revision, from, to, rowChanges } = migration;
  if (!revision) return rowChanges.length > 0 ? { kind: "stamped", from, to } : null;
  const { id, message } = revision;
  return kind === "downgrade"
    ? { kind: "downgrading", from: id, to, message, position, total }
    : { kind: "running", from, to: id, message, position, total };
}
