/**
 * Policies: how a task is tried, delayed and limited.
 *
 * @module
 */
import type { MapNode, Node } from "../node.ts";
import { scalar, textOf } from "../node.ts";
import { type Check, fields } from "./check.ts";
import { commandText } from "./command_text.ts";
import { booleanOrExpression, expression, mapOr, text, wholeOrExpression } from "./values.ts";

const retryFields = fields("retry", {
  known: {
    count: wholeOrExpression,
    delay: wholeOrExpression,
    "break-on": expression,
    "continue-on": expression,
  },
  required: ["count", "delay"],
});

/** `count=3 delay=10`, as the map that it stands for. */
function retryOf(node: Node): MapNode {
  const { parameters = new Map<string, Node>() } = commandText(textOf(node) ?? "", node.line) ?? {};
  const entries = [...parameters].map(([name, value]) => ({
    key: scalar(name, node.line),
    value,
  }));
  return { kind: "map", entries, line: node.line };
}

const retry: Check = mapOr(retryFields, (node, path) => {
  const problems = text(node, path);
  return problems.length > 0 ? problems : retryFields(retryOf(node), path);
});

/** By key. */
export const policies: Readonly<Record<string, Check>> = {
  retry,
  "wait-before": wholeOrExpression,
  "wait-after": wholeOrExpression,
  timeout: wholeOrExpression,
  "pause-before": booleanOrExpression,
  concurrency: wholeOrExpression,
  "fail-on": booleanOrExpression,
};
