/**
 * Mistral's workflow language, version 2.0, as a JSON Schema. `problem` is what to tell the author of
 * a definition that does not match; `title` names a map in the messages about its keys.
 *
 * @module
 */

/** A part of the schema. */
type Schema = Readonly<Record<string, unknown>>;

const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });

/** A map with these keys and no others. */
const fields = (title: string, properties: Schema, required: readonly string[] = []): Schema => ({
  title,
  type: "object",
  properties,
  required,
  additionalProperties: false,
});

/** The form of a value depends on its type: one form for this type, another for every other. */
const byType = (type: "array" | "object", then: Schema, otherwise: Schema): Schema => ({
  if: { type },
  then,
  else: otherwise,
});

/** A list with at least one item and none twice. */
const listOf = (items: Schema, problem: string): Schema => ({
  type: "array",
  minItems: 1,
  distinct: true,
  items,
  problem,
});

const text = (problem: string): Schema => ({ type: "string", minLength: 1, problem });

const eitherOf = (...texts: readonly string[]): Schema => ({
  enum: texts,
  problem: `must be ${texts.map((text) => `"${text}"`).join(" or ")}`,
});

/** The value itself, or an expression that yields it when the workflow runs. */
const orExpression = (value: Schema, problem: string): Schema => ({
  anyOf: [value, { type: "string", format: "expression" }],
  problem,
});

const TEXT_KEYS: Schema = {
  propertyNames: { format: "text-key", problem: "must be text; put the key in quotes" },
};

const WHOLE: Schema = { type: "integer", minimum: 0 };

const COMMON: Schema = {
  name: ref("text"),
  version: ref("version"),
  description: ref("text"),
  tags: ref("texts"),
};

const CLAUSES: Schema = {
  "on-success": ref("clause"),
  "on-error": ref("clause"),
  "on-complete": ref("clause"),
};

const POLICIES: Schema = {
  retry: ref("retry"),
  "wait-before": ref("whole"),
  "wait-after": ref("whole"),
  timeout: ref("whole"),
  "pause-before": ref("boolean"),
  concurrency: ref("whole"),
  "fail-on": ref("boolean"),
};

const TASK: Schema = {
  ...COMMON,
  ...POLICIES,
  type: ref("type"),
  action: ref("call"),
  workflow: ref("call"),
  input: ref("dictionaryOrText"),
  "with-items": ref("withItems"),
  publish: ref("dictionary"),
  "publish-on-error": ref("dictionary"),
  target: ref("text"),
  "keep-result": ref("boolean"),
  "safe-rerun": ref("boolean"),
};

/** A map of tasks of one type. */
const tasks = (task: string): Schema => ({
  properties: {
    tasks: { additionalProperties: byType("object", ref(task), ref("dictionary")) },
  },
});

/** The values that keys have, by name. */
const VALUES: Schema = {
  text: text("must be text"),
  texts: listOf(ref("text"), "must be a list of texts"),
  textOrTexts: byType("array", ref("texts"), text("must be text or a list of texts")),
  version: {
    anyOf: [{ const: 2 }, { type: "string", format: "version" }],
    problem: "must be 2.0, the only version of the language that is known",
  },
  type: eitherOf("direct", "reverse"),
  expression: {
    type: "string",
    format: "expression",
    problem: "must be an expression, <% … %> or {{ … }}",
  },
  whole: orExpression(WHOLE, "must be a whole number, 0 or more, or an expression"),
  boolean: orExpression({ type: "boolean" }, "must be true, false or an expression"),
  join: {
    anyOf: [WHOLE, { enum: ["all", "one"] }],
    problem: 'must be "all", "one" or a whole number, 0 or more',
  },
  dictionary: {
    type: "object",
    minProperties: 1,
    ...TEXT_KEYS,
    problem: "must be a map of keys and values, with at least one of them",
  },
  dictionaryOrText: byType(
    "object",
    ref("dictionary"),
    text("must be a map of keys and values, or text"),
  ),
  parameters: listOf(
    byType("object", {
      minProperties: 1,
      maxProperties: 1,
      ...TEXT_KEYS,
      problem: "must be one key with its default, as in \"- name: 'default'\"",
    }, text("must be a name, or a name with a default")),
    "must be a list of names, or names with defaults",
  ),
  call: {
    allOf: [
      ref("text"),
      { format: "call", problem: "must begin with a name or an expression" },
    ],
  },
  iteration: {
    type: "string",
    format: "iteration",
    problem: 'must be "NAME in LIST", the list being an expression or JSON',
  },
  withItems: byType(
    "array",
    listOf(ref("iteration"), 'must be a list of "NAME in LIST"'),
    ref("iteration"),
  ),
  retry: byType("object", ref("retryFields"), {
    allOf: [ref("text"), { asMap: "retryFields" }],
  }),
  retryFields: fields("retry", {
    count: ref("whole"),
    delay: ref("whole"),
    "break-on": ref("expression"),
    "continue-on": ref("expression"),
  }, ["count", "delay"]),
};

const TARGET_PROBLEM = 'must be the name of a task or an engine command, as in fail msg="why"';

/** What comes after a task. */
const TRANSITIONS: Schema = {
  target: { type: "string", format: "target", problem: TARGET_PROBLEM },
  // A task and the condition under which it comes next.
  conditional: {
    minProperties: 1,
    maxProperties: 1,
    propertyNames: { format: "target", problem: TARGET_PROBLEM },
    additionalProperties: ref("expression"),
    problem: "must be one task with its condition; put several in a list",
  },
  next: byType("object", ref("conditional"), ref("target")),
  targets: byType("array", listOf(ref("next"), "must be a list of tasks"), ref("next")),
  publish: {
    allOf: [
      fields("publish", {
        branch: ref("dictionary"),
        global: ref("dictionary"),
        atomic: ref("dictionary"),
      }),
      { minProperties: 1, problem: 'must have at least one of "branch", "global" and "atomic"' },
    ],
  },
  // A clause that also publishes.
  clause: {
    if: { type: "object", anyOf: [{ required: ["publish"] }, { required: ["next"] }] },
    then: fields("an advanced transition", { publish: ref("publish"), next: ref("targets") }),
    else: ref("targets"),
  },
};

/** Tasks of the two types of workflows. */
const TASKS: Schema = {
  oneCall: {
    not: { required: ["action", "workflow"] },
    problem: 'has both "action" and "workflow"; a task has one of them',
  },
  directTask: {
    allOf: [
      ref("dictionary"),
      fields("a task of a direct workflow", { ...TASK, ...CLAUSES, join: ref("join") }),
      ref("oneCall"),
    ],
  },
  reverseTask: {
    allOf: [
      ref("dictionary"),
      fields("a task of a reverse workflow", { ...TASK, requires: ref("textOrTexts") }),
      ref("oneCall"),
    ],
  },
  taskDefaults: fields("task-defaults", {
    ...POLICIES,
    ...CLAUSES,
    "safe-rerun": ref("boolean"),
    requires: ref("textOrTexts"),
  }),
};

/** The two kinds of definitions. */
const DEFINITIONS: Schema = {
  // An action that calls another one with some of its input given.
  action: fields("an action", {
    ...COMMON,
    base: ref("call"),
    "base-input": ref("dictionary"),
    input: ref("parameters"),
    output: true,
  }, ["base"]),
  workflow: {
    allOf: [
      fields("a workflow", {
        ...COMMON,
        type: ref("type"),
        "task-defaults": ref("taskDefaults"),
        input: ref("parameters"),
        output: ref("dictionary"),
        "output-on-error": ref("dictionary"),
        vars: ref("dictionary"),
        tasks: ref("dictionary"),
      }, ["tasks"]),
      {
        if: { properties: { type: { const: "reverse" } }, required: ["type"] },
        then: tasks("reverseTask"),
        else: tasks("directTask"),
      },
    ],
  },
};

/** The language; each definition of `$defs` can be checked by itself. */
export const LANGUAGE: Schema = {
  $id: "mistral",
  $defs: { ...VALUES, ...TRANSITIONS, ...TASKS, ...DEFINITIONS },
};
