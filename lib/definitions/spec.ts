/**
 * Specifications as the engine keeps them: the definition, with what the engine adds to it.
 *
 * @module
 */
import { commandText } from "./dsl/command_text.ts";
import { typeOf } from "./dsl/graph.ts";
import type { Definition, DefinitionKind } from "./definition.ts";
import { json } from "./json.ts";
import { at, type MapNode, type Node, put, putAll, scalar, textOf } from "./node.ts";

/** The version as the engine writes it, however the definition spells it. */
const VERSION = "2.0";

const withText = (map: MapNode, key: string, text: string): MapNode =>
  put(map, key, scalar(text, map.line));

const named = (map: MapNode, name: string): MapNode =>
  withText(withText(map, "name", name), "version", VERSION);

/** Parameters of a call are merged into the input, and take precedence. */
function withParameters(map: MapNode, input: string, calls: readonly string[]): MapNode {
  const given = at(map, input);
  const call = calls.map((key) => textOf(at(map, key))).find((text) => text !== undefined);
  if (given?.kind !== "map" || call === undefined) return map;
  const { parameters = new Map<string, Node>() } = commandText(call, map.line) ?? {};
  return put(map, input, putAll(given, parameters));
}

function taskSpec(task: MapNode, name: string, type: string): MapNode {
  const typed = named(withText(task, "type", type), name);
  return withParameters(typed, "input", ["action", "workflow"]);
}

function workflowSpec(workflow: MapNode, name: string): MapNode {
  const tasks = at(workflow, "tasks") as MapNode;
  const entries = tasks.entries.map(({ key, value }) => ({
    key,
    value: taskSpec(value as MapNode, String(key.value), typeOf(workflow)),
  }));
  return put(named(workflow, name), "tasks", { ...tasks, entries });
}

function actionSpec(action: MapNode, name: string): MapNode {
  return withParameters(named(action, name), "base-input", ["base"]);
}

const SPECS = { action: actionSpec, workflow: workflowSpec };

/** `cmd` or `timeout=30`: names, and defaults as JSON. */
function inputsOf(body: MapNode): readonly string[] {
  const input = at(body, "input");
  const items: readonly Node[] = input?.kind === "list" ? input.items : [];
  return items.flatMap((item) =>
    item.kind === "map"
      ? item.entries.map(({ key, value }) => `${key.value}=${json(value)}`)
      : textOf(item) ?? []
  );
}

/** The definition as the engine stores it. */
export function definitionOf(
  kind: DefinitionKind,
  name: string,
  body: MapNode,
  text: string,
): Definition {
  const tags = at(body, "tags");
  return {
    kind,
    name,
    description: textOf(at(body, "description")) ?? null,
    tags: tags === undefined ? "[]" : json(tags),
    inputs: inputsOf(body),
    text,
    spec: json(SPECS[kind](body, name)),
  };
}
