/**
 * What comes after a task: `on-success`, `on-error` and `on-complete`.
 *
 * @module
 */
import { at, entriesOf, type Node, type ScalarNode, textOf } from "../node.ts";
import { all, type Check, dictionary, fields, listOf, problem, value } from "./check.ts";
import { expression, listOr, mapOr } from "./values.ts";

/** The keys of the three clauses. */
export const ON_CLAUSES = ["on-success", "on-error", "on-complete"] as const;

/** `task`, `fail msg="why"` or `fail(msg="why")`. */
const TARGET = /^(?:\S+|[\p{L}\p{N}_]+ [\p{L}\p{N}_]+=.*|[\p{L}\p{N}_]+\([\p{L}\p{N}_]+=.*\))$/u;

const target: Check = value(
  'the name of a task or an engine command, as in fail msg="why"',
  (node) => TARGET.test(textOf(node) ?? ""),
);

/** `task: <% condition %>`. */
const conditional: Check = (node, path) =>
  entriesOf(node).length === 1
    ? entriesOf(node).flatMap(({ key, value }) => {
      const place = [...path, String(key.value)];
      return [...target(key, place), ...expression(value, place)];
    })
    : problem(node, path, "must be one task with its condition; put several in a list");

const targets: Check = listOr(
  listOf("tasks", mapOr(conditional, target)),
  mapOr(conditional, target),
);

const atLeastOneScope: Check = (node, path) =>
  entriesOf(node).length === 0
    ? problem(node, path, 'must have at least one of "branch", "global" and "atomic"')
    : [];

const withPublish = fields("an advanced transition", {
  known: {
    publish: all(
      fields("publish", { known: { branch: dictionary, global: dictionary, atomic: dictionary } }),
      atLeastOneScope,
    ),
    next: targets,
  },
});

/** Whether a clause publishes beside saying what comes next. */
function isAdvanced(node: Node): boolean {
  return at(node, "publish") !== undefined || at(node, "next") !== undefined;
}

/** A clause. */
export const onClause: Check = (node, path) =>
  (isAdvanced(node) ? withPublish : targets)(node, path);

/** A thing that a clause leads to. */
export interface Transition {
  readonly to: string;
  readonly node: Node;
}

/** What a clause leads to. */
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
