/**
 * The rules of a workflow that a schema cannot express: its names, and the order of its tasks.
 *
 * @module
 */
import { inOneLine } from "../../text/printable.ts";
import { at, entriesOf } from "../node.ts";
import { balanced } from "./expression.ts";
import { graph } from "./graph.ts";
import { type Check, problem } from "./problem.ts";
import { matches } from "./schema_check.ts";

/** The longest name of a task, in characters; one that joins gets a number appended. */
const MAX_TASK_NAME = 255;
const MAX_JOIN_NAME = MAX_TASK_NAME - 47;

const UUID = /^[\da-f]{8}-?(?:[\da-f]{4}-?){3}[\da-f]{12}$/i;

/** Mistral finds workflows by name or ID, so a name must not look like an ID. */
const noUuid: Check = (node, path) =>
  UUID.test(path.at(-1)!) ? problem(node, path, "must not have a UUID as its name") : [];

const taskName: Check = (task, path) => {
  const name = path.at(-1)!;
  const limit = at(task, "join") ? MAX_JOIN_NAME : MAX_TASK_NAME;
  if (/\s/.test(name)) return problem(task, path, "must have no blank in its name");
  if (inOneLine(name) !== name) {
    return problem(task, path, "must have no control character in its name");
  }
  return name.length > limit ? problem(task, path, `must have at most ${limit} characters`) : [];
};

const taskNames: Check = (workflow, path) =>
  entriesOf(at(workflow, "tasks")).flatMap(({ key, value }) =>
    taskName(value, [...path, "tasks", String(key.value)])
  );

const PARTS: readonly Check[] = [matches("workflow"), taskNames, balanced, noUuid];

/** Checks a workflow: its parts and, if those have no problems, the order of its tasks. */
export const checkWorkflow: Check = (workflow, path) => {
  const problems = PARTS.flatMap((check) => check(workflow, path));
  return problems.length > 0 ? problems : graph(workflow, path);
};
