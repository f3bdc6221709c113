/**
 * Texts that name something and may give it parameters: `std.ssh host=<% $.host %> cmd="ls -l"`.
 *
 * @module
 */
import { type Node, scalar, type ScalarValue } from "../node.ts";
import { parametersIn } from "./parameters.ts";

/** A letter, a digit, `_` or `.`, of any script, as in Python, and what follows it; or an expression. */
const NAME = /^(?:[\p{L}\p{N}_.]+[^=(\s"]*|<%.*?%>|\{\{.*\}\}|\{%.*%\})/u;

/** What a text names, and with which parameters. */
export interface CommandText {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, Node>;
}

/** A value of JSON as a node; whole numbers stay whole. */
function nodeOf(value: unknown, line: number): Node {
  if (Array.isArray(value)) {
    return { kind: "list", items: value.map((item) => nodeOf(item, line)), line };
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => ({
      key: scalar(key, line),
      value: nodeOf(item, line),
    }));
    return { kind: "map", entries, line };
  }
  if (typeof value === "number" && Number.isInteger(value)) return scalar(BigInt(value), line);
  return scalar(value as ScalarValue, line);
}

/** The node that JSON text stands for; the text itself where it is no JSON. */
export function nodeOfJson(text: string, line: number): Node {
  if (/^\d+$/.test(text)) return scalar(BigInt(text), line);
  try {
    return nodeOf(JSON.parse(text), line);
  } catch {
    return scalar(text, line);
  }
}

const parameterOf = (text: string, line: number): Node =>
  /^["']/.test(text) ? scalar(text.slice(1, -1), line) : nodeOfJson(text, line);

/** Takes a text apart; undefined where it names nothing. */
export function commandText(text: string, line: number): CommandText | undefined {
  if (!text.includes(" ")) return { name: text, parameters: new Map() };
  const name = NAME.exec(text)?.[0];
  if (name === undefined) return undefined;
  const parameters = Array.from(
    parametersIn(text),
    ([key, value]) => [key, parameterOf(value, line)] as const,
  );
  return { name, parameters: new Map(parameters) };
}
