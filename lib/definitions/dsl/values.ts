/**
 * The kinds of values that the keys of Mistral's language have.
 *
 * @module
 */
import { at, entriesOf, textOf } from "../node.ts";
import { all, type Check, dictionary, listOf, problem, type Test, value } from "./check.ts";
import { commandText } from "./command_text.ts";
import { EXPRESSION, isExpression } from "./expression.ts";

const isText: Test = (node) => (textOf(node) ?? "") !== "";
const isWhole: Test = (node) =>
  node.kind === "scalar" && typeof node.value === "bigint" &&
  node.value >= 0n;
const isBoolean: Test = (node) => node.kind === "scalar" && typeof node.value === "boolean";

/** One of these texts. */
export const oneOf = (...texts: readonly string[]): Check =>
  value(
    texts.map((text) => `"${text}"`).join(" or "),
    (node) => texts.includes(textOf(node) ?? ""),
  );

/** Text. */
export const text: Check = value("text", isText);

/** An expression. */
export const expression: Check = value("an expression, <% … %> or {{ … }}", isExpression);

/** A number of seconds or times. */
export const wholeOrExpression: Check = value(
  "a whole number, 0 or more, or an expression",
  isWhole,
  isExpression,
);

/** A switch. */
export const booleanOrExpression: Check = value(
  "true, false or an expression",
  isBoolean,
  isExpression,
);

/** How many tasks before it a task waits for. */
export const join: Check = value(
  '"all", "one" or a whole number, 0 or more',
  isWhole,
  (node) => ["all", "one"].includes(textOf(node) ?? ""),
);

/** Texts, none twice. */
export const texts: Check = listOf("texts", text);

/** One check for lists, another one for everything else. */
export const listOr = (list: Check, other: Check): Check => (node, path) =>
  (node.kind === "list" ? list : other)(node, path);

/** One check for maps, another one for everything else. */
export const mapOr = (map: Check, other: Check): Check => (node, path) =>
  (node.kind === "map" ? map : other)(node, path);

/** A text, or several. */
export const textOrTexts: Check = listOr(texts, value("text or a list of texts", isText));

/** Keys and values, or an expression that gives them. */
export const dictionaryOrText: Check = mapOr(
  dictionary,
  value("a map of keys and values, or text", isText),
);

const oneKey: Check = (node, path) =>
  entriesOf(node).length === 1
    ? dictionary(node, path)
    : problem(node, path, "must be one key with its default, as in \"- name: 'default'\"");

/** What a workflow or an action takes: names, or names with defaults. */
export const parameters: Check = listOf(
  "names, or names with defaults",
  mapOr(oneKey, value("a name, or a name with a default", isText)),
);

/** The version of the language. */
export const version: Check = value(
  "2.0, the only version of the language that is known",
  (node) =>
    node.kind === "scalar" && /^(?:bigint|number|string)$/.test(typeof node.value) &&
    Number(node.value) === 2,
);

/** What an action or a workflow is called with. */
export const call: Check = all(
  text,
  (node, path) =>
    commandText(textOf(node) ?? "", node.line) === undefined
      ? problem(node, path, "must begin with a name or an expression")
      : [],
);

const ITERATION = new RegExp(`^\\s*[\\p{L}\\p{N}_-]+\\s*in\\s*(\\[.+\\]|${EXPRESSION})`, "u");

function isList(json: string): boolean {
  try {
    return Array.isArray(JSON.parse(json));
  } catch {
    return false;
  }
}

const iteration: Check = (node, path) => {
  const list = ITERATION.exec(textOf(node) ?? "")?.[1];
  if (list === undefined) {
    return problem(node, path, 'must be "NAME in LIST", the list being an expression or JSON');
  }
  return list.startsWith("[") && !isList(list)
    ? problem(node, path, `must have a list of JSON after "in", and ${list} is none`)
    : [];
};

/** What a task is repeated for. */
export const withItems: Check = listOr(listOf('"NAME in LIST"', iteration), iteration);

/** Checks a key of a map, where it is there. */
export const key = (name: string, check: Check): Check => (node, path) => {
  const found = at(node, name);
  return found === undefined ? [] : check(found, [...path, name]);
};
