/**
 * Checks a definition against the JSON Schema of the language, and says what does not match, where,
 * in the schema's own words.
 *
 * @module
 */
import { Ajv, type DefinedError, type SchemaValidateFunction } from "ajv";
import { entriesOf, type Entry, type Node } from "../node.ts";
import { commandText } from "./command_text.ts";
import { isExpression } from "./expression.ts";
import { isIteration } from "./iteration.ts";
import { LANGUAGE } from "./language.ts";
import { isTarget } from "./on_clause.ts";
import { type Check, type Path, type Problem, problem } from "./problem.ts";

/** Marks a key that is no text; YAML allows no such character in a text. */
const NO_TEXT = "\0";

const keyOf = ({ key }: Entry): string =>
  typeof key.value === "string" ? key.value : `${NO_TEXT}${key.value}`;

/** The thing as JSON; a key that is no text gets a mark. */
function jsonOf(node: Node): unknown {
  switch (node.kind) {
    case "list":
      return node.items.map(jsonOf);
    case "map":
      return Object.fromEntries(
        node.entries.map((entry) => [keyOf(entry), jsonOf(entry.value)]),
      );
    case "scalar":
      return typeof node.value === "bigint" ? Number(node.value) : node.value;
  }
}

const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  expression: isExpression,
  version: (text) => Number(text) === 2,
  call: (text) => commandText(text, 0) !== undefined,
  iteration: isIteration,
  target: isTarget,
  "text-key": (key) => !key.startsWith(NO_TEXT),
};

/** `asMap`: a text such as `count=3 delay=10` matches what the map that it stands for matches. */
const asMap: SchemaValidateFunction = (name: string, text: string, _schema, context) => {
  const { parameters = [] } = commandText(text, 0) ?? {};
  const map = Object.fromEntries([...parameters].map(([key, value]) => [key, jsonOf(value)]));
  const validate = ajv.getSchema(`mistral#/$defs/${name}`)!;
  if (validate(map)) return true;
  asMap.errors = (validate.errors ?? []).map((error) => ({
    ...error,
    instancePath: (context?.instancePath ?? "") + error.instancePath,
  }));
  return false;
};

/** `distinct`: no item is in a list twice; Ajv's own keyword compares each item with each other one. */
const distinct: SchemaValidateFunction = (_wanted: boolean, items: readonly unknown[]) => {
  const places = new Map<string, number>();
  for (const [place, item] of items.entries()) {
    const text = JSON.stringify(item);
    const first = places.get(text);
    if (first !== undefined) {
      distinct.errors = [{
        keyword: "uniqueItems",
        params: { i: place, j: first },
        parentSchema: {},
      }];
      return false;
    }
    places.set(text, place);
  }
  return true;
};

const ajv = new Ajv({
  allErrors: true,
  verbose: true,
  // The parts of the schema take a map's type for granted where another part has checked it.
  strictTypes: false,
  strictRequired: false,
  formats: FORMATS,
  schemas: [LANGUAGE],
  keywords: ["problem", {
    keyword: "asMap",
    type: "string",
    schemaType: "string",
    validate: asMap,
    errors: "full",
  }, {
    keyword: "distinct",
    type: "array",
    schemaType: "boolean",
    validate: distinct,
    errors: true,
  }],
});

/** What does not match, in words; null where another error of the same thing says it. */
function wordsOf(error: DefinedError): string | null {
  const { title, problem, properties } = error.parentSchema as Record<string, unknown>;
  switch (error.keyword) {
    case "if":
    case "propertyNames":
      return null;
    case "uniqueItems":
      return "is in the list already";
    case "required":
      return title === undefined ? null : `lacks the key "${error.params.missingProperty}"`;
    case "additionalProperties": {
      const known = Object.keys(properties as object).toSorted().join(", ");
      return `is no key of ${title}; known are ${known}`;
    }
    case "type":
      if (title !== undefined) return `must be a map, as ${title} is`;
  }
  return (problem as string | undefined) ?? null;
}

/** A thing inside of a definition, and the keys that lead to it. */
interface Place {
  readonly node: Node;
  readonly path: Path;
}

/** The entries of maps in which something was looked for, by their keys. */
const indexes = new WeakMap<Node, ReadonlyMap<string, Entry>>();

function entryOf(node: Node, step: string): Entry | undefined {
  const index = indexes.get(node) ??
    new Map(entriesOf(node).map((entry) => [keyOf(entry), entry]));
  indexes.set(node, index);
  return index.get(step);
}

/** The thing at an index or under a key; a map written as a text is one thing with all its keys. */
function below({ node, path }: Place, step: string): Place {
  if (node.kind === "list") {
    return { node: node.items[Number(step)]!, path: [...path, String(Number(step) + 1)] };
  }
  const { key, value = node } = entryOf(node, step) ?? {};
  return { node: value, path: [...path, String(key?.value ?? step)] };
}

/** The key itself, which is on another line than its value may be. */
const keyIn = (place: Place, name: string): Place => ({
  node: entryOf(place.node, name)?.key ?? place.node,
  path: below(place, name).path,
});

/** Where an error is; `instancePath` is a JSON pointer, RFC 6901. */
function placeOf(error: DefinedError, root: Place): Place {
  const steps = error.instancePath.split("/").slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const place = steps.reduce(below, root);
  if (error.propertyName !== undefined) return keyIn(place, error.propertyName);
  switch (error.keyword) {
    case "additionalProperties":
      return keyIn(place, error.params.additionalProperty);
    case "uniqueItems":
      return below(place, String(Math.max(error.params.i, error.params.j)));
  }
  return place;
}

/** Several keywords of one part of the schema may fail; it has one sentence for all of them. */
const withoutRepeats = (problems: readonly Problem[]): readonly Problem[] => [
  ...new Map(problems.map((found) => [JSON.stringify([found.path, found.message]), found]))
    .values(),
];

/** Checks a thing against one definition of the schema's `$defs`; problems by their lines. */
export const matches = (name: string): Check => (node, path) => {
  const validate = ajv.getSchema(`mistral#/$defs/${name}`)!;
  if (validate(jsonOf(node))) return [];
  const problems = (validate.errors as DefinedError[]).flatMap((error) => {
    const words = wordsOf(error);
    const place = placeOf(error, { node, path });
    return words === null ? [] : problem(place.node, place.path, words);
  });
  return withoutRepeats(problems).toSorted((one, other) => one.line - other.line);
};
