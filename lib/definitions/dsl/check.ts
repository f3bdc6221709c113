/**
 * Checks of Mistral's language as values: what may stand where, put together from small parts.
 *
 * @module
 */
import { json } from "../json.ts";
import { at, entriesOf, type MapNode, type Node } from "../node.ts";

/** The keys that lead to a thing. */
export type Path = readonly string[];

/** What is wrong, and where. */
export interface Problem {
  /** Line in the text, from 1. */
  readonly line: number;
  readonly path: Path;
  readonly message: string;
}

/** Finds what is wrong with a thing; nothing when it is right. */
export type Check = (node: Node, path: Path) => readonly Problem[];

/** Whether a thing is of some kind. */
export type Test = (node: Node) => boolean;

/** One problem, as a list. */
export function problem(node: Node, path: Path, message: string): readonly Problem[] {
  return [{ line: node.line, path, message }];
}

/** Anything at all is right. */
export const anything: Check = () => [];

/** Right is what passes one of the tests; `expected` says in words what that is. */
export function value(expected: string, ...tests: readonly Test[]): Check {
  return (node, path) =>
    tests.some((test) => test(node)) ? [] : problem(node, path, `must be ${expected}`);
}

/** Right is what no check finds anything wrong with. */
export function all(...checks: readonly Check[]): Check {
  return (node, path) => checks.flatMap((check) => check(node, path));
}

/** Right is what no check finds anything wrong with; each is asked only where those before are content. */
export function inTurn(...checks: readonly Check[]): Check {
  return (node, path) => {
    for (const check of checks) {
      const found = check(node, path);
      if (found.length > 0) return found;
    }
    return [];
  };
}

/** A list with at least one thing in it, each of them right, and none twice. */
export function listOf(expected: string, item: Check): Check {
  return (node, path) => {
    if (node.kind !== "list" || node.items.length === 0) {
      return problem(node, path, `must be a list of ${expected}`);
    }
    const seen = new Set<string>();
    return node.items.flatMap((found, index) => {
      const place = [...path, String(index + 1)];
      const text = json(found);
      if (seen.has(text)) return problem(found, place, "is in the list already");
      seen.add(text);
      return item(found, place);
    });
  };
}

/** A map with at least one key; keys are texts. */
export const dictionary: Check = (node, path) => {
  if (node.kind !== "map" || node.entries.length === 0) {
    return problem(node, path, "must be a map of keys and values, with at least one of them");
  }
  return node.entries.filter(({ key }) => typeof key.value !== "string").flatMap(({ key }) =>
    problem(key, [...path, String(key.value)], "must be text; put the key in quotes")
  );
};

/** What may stand in a map. */
export interface Fields {
  /** By key. */
  readonly known: Readonly<Record<string, Check>>;
  readonly required?: readonly string[];
}

/** A map of known keys. */
export function fields(what: string, { known, required = [] }: Fields): Check {
  return (node, path) => {
    if (node.kind !== "map") return problem(node, path, `must be a map, as ${what} is`);
    const missing = required.filter((key) => at(node, key) === undefined);
    return [
      ...missing.flatMap((key) => problem(node, path, `lacks the key "${key}"`)),
      ...unknown(node, path, Object.keys(known), what),
      ...entriesOf(node).flatMap(({ key, value }) => {
        const name = String(key.value);
        return Object.hasOwn(known, name) ? known[name]!(value, [...path, name]) : [];
      }),
    ];
  };
}

function unknown(
  node: MapNode,
  path: Path,
  known: readonly string[],
  what: string,
): readonly Problem[] {
  return node.entries.filter(({ key }) => !known.includes(String(key.value))).flatMap(({ key }) =>
    problem(
      key,
      [...path, String(key.value)],
      `is no key of ${what}; known are ${known.toSorted().join(", ")}`,
    )
  );
}
