/**
 * A parsed YAML text as a value: scalars with their meaning, and the line of every node.
 *
 * @module
 */

/** What a scalar means; whole numbers are bigint, so that `1` and `1.0` stay apart. */
export type ScalarValue = string | bigint | number | boolean | null;

/** Text, a number, true, false or nothing. */
export interface ScalarNode {
  readonly kind: "scalar";
  readonly value: ScalarValue;
  /** Line in the text, from 1. */
  readonly line: number;
}

/** A list. */
export interface ListNode {
  readonly kind: "list";
  readonly items: readonly Node[];
  readonly line: number;
}

/** One key of a map and its value. */
export interface Entry {
  readonly key: ScalarNode;
  readonly value: Node;
}

/** A map; the entries are in the order of the text, and no key occurs twice. */
export interface MapNode {
  readonly kind: "map";
  readonly entries: readonly Entry[];
  readonly line: number;
}

/** Anything that a YAML text can hold. */
export type Node = ScalarNode | ListNode | MapNode;

/** A scalar. */
export const scalar = (value: ScalarValue, line: number): ScalarNode => ({
  kind: "scalar",
  value,
  line,
});

/** The entries of a map; empty for anything else. */
export function entriesOf(node: Node | undefined): readonly Entry[] {
  return node?.kind === "map" ? node.entries : [];
}

/** The value of a key of a map. */
export function at(node: Node | undefined, key: string): Node | undefined {
  return entriesOf(node).find((entry) => entry.key.value === key)?.value;
}

/** The text that a node is; undefined where it is something else. */
export function textOf(node: Node | undefined): string | undefined {
  return node?.kind === "scalar" && typeof node.value === "string" ? node.value : undefined;
}

/** The texts of a text or a list of them; other nodes are skipped. */
export function textsOf(node: Node | undefined): readonly string[] {
  const nodes = node?.kind === "list" ? node.items : node ? [node] : [];
  return nodes.map(textOf).filter((text) => text !== undefined);
}

/** The map with keys set: in their places if they exist, else at the end. */
export function putAll(map: MapNode, values: ReadonlyMap<string, Node>): MapNode {
  const known = new Set(map.entries.map(({ key }) => key.value));
  const replaced = map.entries.map((entry) => {
    const value = typeof entry.key.value === "string" ? values.get(entry.key.value) : undefined;
    return value === undefined ? entry : { ...entry, value };
  });
  const added = [...values].filter(([key]) => !known.has(key))
    .map(([key, value]) => ({ key: scalar(key, value.line), value }));
  return { ...map, entries: [...replaced, ...added] };
}

/** The map with a key set. */
export const put = (map: MapNode, key: string, value: Node): MapNode =>
  putAll(map, new Map([[key, value]]));
