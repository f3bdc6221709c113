/**
 * The clauses of a task: `on-success`, `on-error` and `on-complete`.
 *
 * @module
 */
import { at, type Node, type ScalarNode } from "../node.ts";

/** The keys of the three clauses. */
export const ON_CLAUSES = ["on-success", "on-error", "on-complete"] as const;

/** `task`, `fail msg="why"` or `fail(msg="why")`. */
const TARGET =
  /^(?:[^\s\0]+|[\p{L}\p{N}_]+ [\p{L}\p{N}_]+=.*|[\p{L}\p{N}_]+\([\p{L}\p{N}_]+=.*\))$/u;

/** Whether a text names a task or an engine command. */
export const isTarget = (text: string): boolean => TARGET.test(text);

/** Whether a clause also publishes. */
function isAdvanced(node: Node): boolean {
  return at(node, "publish") !== undefined || at(node, "next") !== undefined;
}

/** A target of a clause. */
export interface Transition {
  readonly to: string;
  readonly node: Node;
}

/** The targets of a clause. */
export function transitionsOf(clause: Node | undefined): readonly Transition[] {
  if (clause === undefined) return [];
  const next = isAdvanced(clause) ? at(clause, "next") : clause;
  if (next === undefined) return [];
  const items = next.kind === "list" ? next.items : [next];
  return items.flatMap((item) =>
    item.kind === "map" ? item.entries.map(({ key }) => transition(key)) : transition(item)
  );
}

function transition(node: Node): Transition {
  const text = String((node as ScalarNode).value);
  return { to: text.includes(" ") ? text.split(/[\s(]/)[0]! : text, node };
}
