/**
 * The event that a migration begins.
 *
 * @module
 */
import type { Action } from "../plan/actions.ts";
import { nameOf, type Plan } from "../plan/plan.ts";
import type { EngineEvent } from "./events.ts";

/** Tells what begins; null where there is nothing to tell. */
export function startEvent(
  { kind }: Plan,
  { migration, position, total }: Action<"start">,
): EngineEvent | null {
  const { revisions, from, to, rowChanges } = migration;
  if (kind === "adopt") return { kind: "adopting", from, to };
  const [first] = revisions;
  if (!first) return rowChanges.length > 0 ? { kind: "stamped", from, to } : null;
  if (revisions.length > 1) {
    const to = nameOf(migration);
    return { kind: "creating", to, revisions: revisions.length, position, total };
  }
  const { id, message } = first;
  return kind === "downgrade"
    ? { kind: "downgrading", from: id, to, message, position, total }
    : { kind: "running", from, to: id, message, position, total };
}
