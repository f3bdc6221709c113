/**
 * A YAML text with definitions of actions and workflows, read and checked.
 *
 * @module
 */
import { inOneLine } from "../text/printable.ts";
import { checkAction } from "./dsl/action.ts";
import { type Check, type Problem, problem } from "./dsl/problem.ts";
import { matches } from "./dsl/schema_check.ts";
import { checkWorkflow } from "./dsl/workflow.ts";
import { at, type Entry, type MapNode, type Node } from "./node.ts";
import type { Definition, DefinitionKind } from "./definition.ts";
import { definitionOf } from "./spec.ts";
import { readYaml, type Yaml } from "./yaml.ts";

/** The longest name of a definition, in characters. */
const MAX_NAME = 255;

/** Keys that make a file a workbook. */
const WORKBOOK_KEYS = ["workflows", "actions"];

const CHECKS: Readonly<Record<DefinitionKind, Check>> = {
  action: checkAction,
  workflow: checkWorkflow,
};

/** A definition and the line of its name, from 1. */
export interface DefinitionInFile extends Definition {
  readonly line: number;
}

/** What is in a file, and what is wrong with it; nothing is in it where anything is wrong. */
export interface DefinitionFile {
  readonly definitions: readonly DefinitionInFile[];
  readonly problems: readonly Problem[];
}

const refused = (problems: readonly Problem[]): DefinitionFile => ({ definitions: [], problems });

/** An action is what has a base, a workflow what has tasks. */
function kindOf(body: Node): DefinitionKind | null {
  if (at(body, "tasks") !== undefined) return "workflow";
  return at(body, "base") !== undefined ? "action" : null;
}

function checkName({ key }: Entry): readonly Problem[] {
  const path = [String(key.value)];
  if (typeof key.value !== "string") {
    return problem(key, path, "must be text; put the name in quotes");
  }
  if (key.value === "" || /\s/.test(key.value)) {
    return problem(key, path, "must have a name without blanks");
  }
  if (inOneLine(key.value) !== key.value) {
    return problem(key, path, "must have a name without control characters");
  }
  return key.value.length > MAX_NAME
    ? problem(key, path, `must have a name of at most ${MAX_NAME} characters`)
    : [];
}

function checkDefinition(entry: Entry): readonly Problem[] {
  const { key, value: body } = entry;
  const path = [String(key.value)];
  const wrongName = checkName(entry);
  if (wrongName.length > 0) return wrongName;
  const kind = kindOf(body);
  return kind === null
    ? problem(key, path, 'has neither "tasks", as a workflow, nor "base", as an action')
    : CHECKS[kind](body, path);
}

function checkTop(root: MapNode): readonly Problem[] {
  const [workbook] = root.entries.filter(({ key }) => WORKBOOK_KEYS.includes(String(key.value)));
  if (workbook) {
    const name = String(workbook.key.value);
    return problem(
      workbook.key,
      [name],
      "makes the file a workbook; put its actions and workflows into files of their own",
    );
  }
  const found = at(root, "version");
  if (found === undefined) return problem(root, [], 'must have the key "version", with 2.0');
  return root.entries.length > 1
    ? matches("version")(found, ["version"])
    : problem(root, [], "must have an action or a workflow beside its version");
}

function definitionsOf({ only }: Yaml, text: string, entries: readonly Entry[]) {
  return entries.map(({ key, value: body }): DefinitionInFile => {
    const name = String(key.value);
    const own = entries.length === 1 ? text : only(["version", name]);
    return { ...definitionOf(kindOf(body)!, name, body as MapNode, own), line: key.line };
  });
}

/** Reads and checks a text; nothing outside of it is looked at. */
export function readDefinitions(text: string): DefinitionFile {
  const { yaml, problems } = readYaml(text);
  if (yaml === null) return refused(problems);
  const { root } = yaml;
  if (root.kind !== "map") {
    return refused(problem(root, [], "must be a map of a version and definitions"));
  }
  const entries = root.entries.filter(({ key }) => key.value !== "version");
  const top = checkTop(root);
  const found = top.length > 0 ? top : entries.flatMap(checkDefinition);
  return found.length > 0
    ? refused(found)
    : { definitions: definitionsOf(yaml, text, entries), problems: [] };
}
