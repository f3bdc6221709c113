/**
 * What a workflow is made of.
 *
 * @module
 */
import { at, entriesOf } from "../node.ts";
import { all, anything, type Check, dictionary, fields, inTurn, problem } from "./check.ts";
import { balanced } from "./expression.ts";
import { graph, typeOf } from "./graph.ts";
import { onClause } from "./on_clause.ts";
import { policies } from "./policies.ts";
import {
  booleanOrExpression,
  call,
  dictionaryOrText,
  join,
  oneOf,
  parameters,
  text,
  textOrTexts,
  texts,
  version,
  withItems,
} from "./values.ts";

/** The longest name of a task, in characters; one that joins gets a number appended. */
const MAX_TASK_NAME = 255;
const MAX_JOIN_NAME = MAX_TASK_NAME - 47;

/** Keys that everything has which has a name. */
const common = { name: text, version, description: text, tags: texts };

const clauses = { "on-success": onClause, "on-error": onClause, "on-complete": onClause };

const taskKeys: Readonly<Record<string, Check>> = {
  ...common,
  ...policies,
  type: oneOf("direct", "reverse"),
  action: call,
  workflow: call,
  input: dictionaryOrText,
  "with-items": withItems,
  publish: dictionary,
  "publish-on-error": dictionary,
  target: text,
  "keep-result": booleanOrExpression,
  "safe-rerun": booleanOrExpression,
};

const taskDefaults = fields("task-defaults", {
  known: { ...policies, ...clauses, "safe-rerun": booleanOrExpression, requires: textOrTexts },
});

const oneCall: Check = (node, path) =>
  at(node, "action") && at(node, "workflow")
    ? problem(node, path, 'has both "action" and "workflow"; a task has one of them')
    : [];

const name: Check = (node, path) => {
  const own = path.at(-1)!;
  const limit = at(node, "join") ? MAX_JOIN_NAME : MAX_TASK_NAME;
  if (/\s/.test(own)) return problem(node, path, "must have no blank in its name");
  return own.length > limit ? problem(node, path, `must have at most ${limit} characters`) : [];
};

/** Tasks of the two types of workflows. */
const TASKS: Readonly<Record<string, Check>> = {
  direct: fields("a task of a direct workflow", { known: { ...taskKeys, ...clauses, join } }),
  reverse: fields("a task of a reverse workflow", {
    known: { ...taskKeys, requires: textOrTexts },
  }),
};

const tasks = (task: Check): Check => (node, path) => [
  ...dictionary(node, path),
  ...entriesOf(node).flatMap(({ key, value }) => {
    const place = [...path, String(key.value)];
    return inTurn(dictionary, all(task, oneCall, name))(value, place);
  }),
];

const workflow = (task: Check): Check =>
  fields("a workflow", {
    known: {
      ...common,
      type: oneOf("direct", "reverse"),
      "task-defaults": taskDefaults,
      input: parameters,
      output: dictionary,
      "output-on-error": dictionary,
      vars: dictionary,
      tasks: tasks(task),
    },
    required: ["tasks"],
  });

const UUID = /^[\da-f]{8}-?(?:[\da-f]{4}-?){3}[\da-f]{12}$/i;

/** Mistral finds workflows by name or id, so that a name must not look like an id. */
const noUuid: Check = (node, path) =>
  UUID.test(path.at(-1)!) ? problem(node, path, "must not have a UUID as its name") : [];

/** A workflow: its keys, then, where those are right, how its tasks follow each other. */
export const checkWorkflow: Check = (node, path) =>
  inTurn(all(workflow(TASKS[typeOf(node)] ?? anything), balanced, noUuid), graph)(node, path);
