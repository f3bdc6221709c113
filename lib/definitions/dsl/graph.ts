/**
 * The order of a workflow's tasks.
 *
 * @module
 */
import { at, entriesOf, type Node, textOf, textsOf } from "../node.ts";
import { type Check, type Path, type Problem, problem } from "./problem.ts";
import { ON_CLAUSES, type Transition, transitionsOf } from "./on_clause.ts";

/** Engine commands that a transition may name. */
const ENGINE_COMMANDS: readonly string[] = ["noop", "fail", "succeed", "pause"];

type Tasks = ReadonlyMap<string, Node>;

const tasksOf = (workflow: Node): Tasks =>
  new Map(entriesOf(at(workflow, "tasks")).map(({ key, value }) => [String(key.value), value]));

/** Problems of transitions and requirements that name no task. */
function lost(
  found: readonly Transition[],
  known: readonly string[],
  path: Path,
): readonly Problem[] {
  return found.filter(({ to }) => !known.includes(to)).flatMap(({ to, node }) =>
    problem(node, path, `leads to "${to}", but there is no such task`)
  );
}

/** A clause of a task; where the task has none, that of the defaults, which leads to no task itself. */
function clauseOf(
  workflow: Node,
  name: string,
  task: Node,
  clause: string,
): readonly Transition[] {
  const own = transitionsOf(at(task, clause));
  if (own.length > 0) return own;
  return transitionsOf(at(at(workflow, "task-defaults"), clause)).filter(({ to }) => to !== name);
}

/** How many tasks lead to each one. */
function inbound(workflow: Node, tasks: Tasks): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [name, task] of tasks) {
    const next = ON_CLAUSES.flatMap((clause) => clauseOf(workflow, name, task, clause));
    for (const to of new Set(next.map(({ to }) => to))) counts.set(to, (counts.get(to) ?? 0) + 1);
  }
  return counts;
}

/** The fewest tasks that must lead to a task with this `join`. */
function neededBy(join: Node | undefined): number {
  if (join?.kind !== "scalar") return 0;
  return typeof join.value === "bigint" ? Number(join.value) : 1;
}

function joins(counts: ReadonlyMap<string, number>, tasks: Tasks, path: Path): readonly Problem[] {
  return [...tasks].flatMap(([name, task]) => {
    const join = at(task, "join");
    const [count, needed] = [counts.get(name) ?? 0, neededBy(join)];
    return count >= needed ? [] : problem(
      join!,
      [...path, "tasks", name, "join"],
      `waits for more tasks (${needed}) than lead here (${count})`,
    );
  });
}

const direct: Check = (workflow, path) => {
  const tasks = tasksOf(workflow);
  const known = [...tasks.keys(), ...ENGINE_COMMANDS];
  const places: readonly (readonly [Node | undefined, Path])[] = [
    [at(workflow, "task-defaults"), [...path, "task-defaults"]],
    ...[...tasks].map(([name, task]) => [task, [...path, "tasks", name]] as const),
  ];
  const problems = places.flatMap(([node, place]) =>
    ON_CLAUSES.flatMap((clause) => lost(transitionsOf(at(node, clause)), known, [...place, clause]))
  );
  if (problems.length > 0) return problems;
  const counts = inbound(workflow, tasks);
  return [...tasks.keys()].some((name) => !counts.has(name)) ? joins(counts, tasks, path) : problem(
    at(workflow, "tasks")!,
    [...path, "tasks"],
    "has no task to start with: each one follows another",
  );
};

const reverse: Check = (workflow, path) => {
  const tasks = tasksOf(workflow);
  const requirements = (node: Node | undefined): readonly Transition[] =>
    textsOf(at(node, "requires")).map((to) => ({ to, node: at(node, "requires")! }));
  const known = [...tasks.keys()];
  return [
    ...lost(requirements(at(workflow, "task-defaults")), known, [
      ...path,
      "task-defaults",
      "requires",
    ]),
    ...[...tasks].flatMap(([name, task]) =>
      lost(requirements(task), known, [...path, "tasks", name, "requires"])
    ),
  ];
};

/** The type of a workflow; direct by default. */
export function typeOf(workflow: Node): string {
  return textOf(at(workflow, "type")) ?? "direct";
}

/** Checks that transitions and requirements name existing tasks, and that starts and joins are possible. */
export const graph: Check = (workflow, path) =>
  (typeOf(workflow) === "reverse" ? reverse : direct)(workflow, path);
