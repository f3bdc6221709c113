/**
 * Specifications as the engine keeps them: the definition, with what the engine adds to it.
 *
 * @module
 */
import { commandText } from "./dsl/command_text.ts";
import { typeOf } from "./dsl/graph.ts";
import { at, type MapNode, type Node, put, scalar, textOf } from "./node.ts";

/** The version that the engine writes into everything, however the definition spells it. */
const VERSION = "2.0";

const withText = (map: MapNode, key: string, text: string): MapNode =>
  put(map, key, scalar(text, map.line));

const named = (map: MapNode, name: string): MapNode =>
  withText(withText(map, "name", name), "version", VERSION);

/** Parameters of a call join the input that is spelled out, where there is any, and win over it. */
function withParameters(map: MapNode, input: string, calls: readonly string[]): MapNode {
  const given = at(map, input);
  const call = calls.map((key) => textOf(at(map, key))).find((text) => text !== undefined);
  if (given?.kind !== "map" || call === undefined) return map;
  const { parameters = new Map<string, Node>() } = commandText(call, map.line) ?? {};
  const merged = [...parameters].reduce((sum, [key, value]) => put(sum, key, value), given);
  return put(map, input, merged);
}

function taskSpec(task: MapNode, name: string, type: string): MapNode {
  const typed = named(withText(task, "type", type), name);
  return withParameters(typed, "input", ["action", "workflow"]);
}

/** The specification of a workflow that was checked. */
export function workflowSpec(workflow: MapNode, name: string): MapNode {
  const tasks = at(workflow, "tasks") as MapNode;
  const entries = tasks.entries.map(({ key, value }) => ({
    key,
    value: taskSpec(value as MapNode, String(key.value), typeOf(workflow)),
  }));
  return put(named(workflow, name), "tasks", { ...tasks, entries });
}

/** The specification of an action that was checked. */
export function actionSpec(action: MapNode, name: string): MapNode {
  return withParameters(named(action, name), "base-input", ["base"]);
}
