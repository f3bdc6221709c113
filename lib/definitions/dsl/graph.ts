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
  known: ReadonlySet<string>,
  path: Path,
): readonly Problem[] {
  return found.filter(({ to }) => !known.has(to)).flatMap(({ to, node }) =>
    problem(node, path, `leads to "${to}", but there is no such task`)
  );
}

type Clause = (typeof ON_CLAUSES)[number];

/** What the clauses of a task, or of the defaults, lead to. */
const targetsOf = (node: Node | undefined, clauses: readonly Clause[]): ReadonlySet<string> =>
  new Set(clauses.flatMap((clause) => transitionsOf(at(node, clause)).map(({ to }) => to)));

/** The clauses that a task leaves to the defaults, which lead to no task itself. */
const leftToDefaults = (task: Node): readonly Clause[] =>
  ON_CLAUSES.filter((clause) => transitionsOf(at(task, clause)).length === 0);

/**
 * How many tasks lead to each one. What the defaults lead to is counted once for all tasks that leave
 * the same clauses to them: there can be as many such tasks as targets.
 */
function inbound(workflow: Node, tasks: Tasks): ReadonlyMap<string, number> {
  const defaults = at(workflow, "task-defaults");
  const counts = new Map<string, number>();
  const count = (to: string, more: number) => counts.set(to, (counts.get(to) ?? 0) + more);
  for (const alike of Map.groupBy(tasks, ([, task]) => leftToDefaults(task).join()).values()) {
    const byDefault = targetsOf(defaults, leftToDefaults(alike[0]![1]));
    for (const to of byDefault) count(to, alike.length);
    for (const [name, task] of alike) {
      const own = targetsOf(task, ON_CLAUSES);
      if (byDefault.has(name) && !own.has(name)) count(name, -1);
      for (const to of own) if (!byDefault.has(to)) count(to, 1);
    }
  }
  return new Map([...counts].filter(([, sum]) => sum > 0));
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
  const known = new Set([...tasks.keys(), ...ENGINE_COMMANDS]);
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
  const known = new Set(tasks.keys());
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
