/**
 * Reads YAML from outside: strictly, with limits, and with the line of every node.
 *
 * @module
 */
import {
  type Alias,
  type Document,
  isAlias,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  type ParsedNode,
  parseDocument,
  Scalar,
  type YAMLMap,
} from "yaml";
import type { Problem } from "./dsl/problem.ts";
import { type Entry, type Node, scalar, type ScalarNode } from "./node.ts";
import { plainScalar } from "./plain_scalar.ts";

/** The most nodes of a text, counting each use of an alias. */
export const MAX_NODES = 100_000;

/** The deepest nesting. */
export const MAX_DEPTH = 64;

/** A parsed text. */
export interface Yaml {
  /** Its contents. */
  readonly root: Node;
  /** The text cut down to some of its top-level keys, with their comments. */
  only(keys: readonly string[]): string;
}

/** The parsed text, or its problems. */
export type Reading =
  | { readonly yaml: Yaml; readonly problems: readonly [] }
  | { readonly yaml: null; readonly problems: readonly Problem[] };

/** Stops the parsing; caught in this file. */
class Unreadable extends Error {
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

/** Turns the parser's nodes into ours. */
class Converter {
  readonly #lines: LineCounter;
  readonly #anchors = new Map<string, Node>();
  readonly #sizes = new Map<Node, number>();

  constructor(lines: LineCounter) {
    this.#lines = lines;
  }

  convert(node: ParsedNode | null, depth = 0): Node {
    if (node === null) return scalar(null, 1);
    const line = this.#lineOf(node);
    if (depth > MAX_DEPTH) throw new Unreadable(line, `lies more than ${MAX_DEPTH} levels deep`);
    if (isAlias(node)) return this.#resolve(node, line);
    if (node.tag) throw new Unreadable(line, `has the tag "${node.tag}"; tags are not read`);
    const converted = this.#convertPlain(node, line, depth);
    const parts = converted.kind === "map"
      ? converted.entries.map(({ value }) => value)
      : converted.kind === "list"
      ? converted.items
      : [];
    this.#count(converted, parts);
    if (node.anchor) this.#anchors.set(node.anchor, converted);
    return converted;
  }

  #lineOf(node: { readonly range?: readonly number[] | null | undefined }): number {
    return this.#lines.linePos(node.range?.[0] ?? 0).line;
  }

  #convertPlain(node: Exclude<ParsedNode, Alias.Parsed>, line: number, depth: number): Node {
    if (isScalar(node)) return scalarOf(node, line);
    if (isSeq(node)) {
      const items = node.items.map((item) => this.convert(item as ParsedNode, depth + 1));
      return { kind: "list", items, line };
    }
    const entries = node.items.map((pair) => this.#entry(pair, line, depth));
    refuseDuplicates(entries);
    return { kind: "map", entries, line };
  }

  #entry(
    { key, value }: Pair<ParsedNode, ParsedNode | null>,
    line: number,
    depth: number,
  ): Entry {
    if (!isScalar(key)) {
      throw new Unreadable(
        key ? this.#lineOf(key) : line,
        "has a key that is no plain text; put an expression that begins with {{ in quotes",
      );
    }
    const converted = this.convert(key as ParsedNode) as ScalarNode;
    if (key.type === Scalar.PLAIN && key.source === "<<") {
      throw new Unreadable(converted.line, 'has the key "<<"; merge keys are not read');
    }
    const found = value === null ? scalar(null, converted.line) : this.convert(value, depth + 1);
    return { key: converted, value: found };
  }

  #resolve(alias: Alias.Parsed, line: number): Node {
    const found = this.#anchors.get(alias.source);
    if (!found) {
      throw new Unreadable(line, `has the alias "*${alias.source}", but no such anchor before it`);
    }
    return found;
  }

  /** An alias becomes the same node object as its anchor, so that nothing is expanded. */
  #count(node: Node, parts: readonly Node[]): void {
    const size = parts.reduce((sum, part) => sum + (this.#sizes.get(part) ?? 1), 1);
    if (size > MAX_NODES) {
      throw new Unreadable(
        node.line,
        `holds more than ${MAX_NODES} things, with those that aliases repeat`,
      );
    }
    this.#sizes.set(node, size);
  }
}

function scalarOf(node: Scalar.Parsed, line: number): ScalarNode {
  if (node.type !== Scalar.PLAIN) return scalar(String(node.value), line);
  const found = plainScalar(node.source);
  if ("refused" in found) throw new Unreadable(line, found.refused);
  return scalar(found.value, line);
}

function refuseDuplicates(entries: readonly Entry[]): void {
  const lines = new Map<unknown, number>();
  for (const { key } of entries) {
    const before = lines.get(key.value);
    if (before !== undefined) {
      throw new Unreadable(
        key.line,
        `has the key "${key.value}", which line ${before} has already`,
      );
    }
    lines.set(key.value, key.line);
  }
}

/** The top-level pairs of a document, by their keys. */
function pairsOf({ items }: YAMLMap<Scalar, unknown>): ReadonlyMap<string, Pair<Scalar, unknown>> {
  return new Map(items.map((pair) => [String(pair.key.value), pair]));
}

/**
 * Cuts a text down to some of its top-level keys, in their order; to all of it where aliases may tie them
 * together. The document is lent to one cut after the other: a copy for each would be as long as the
 * text each time.
 */
function cutter(text: string, document: Document.Parsed): Yaml["only"] {
  if (/(^|\s)[&*]\S/m.test(text)) return () => text;
  const contents = document.contents as unknown as YAMLMap<Scalar, unknown>;
  const pairs = pairsOf(contents);
  const places = new Map([...pairs.keys()].map((key, place) => [key, place]));
  return (keys) => {
    const { items } = contents;
    const wanted = keys.filter((key) => pairs.has(key))
      .toSorted((one, other) => places.get(one)! - places.get(other)!);
    contents.items = wanted.map((key) => pairs.get(key)!);
    try {
      return document.toString({ lineWidth: 0 });
    } finally {
      contents.items = items;
    }
  };
}

/** Characters that YAML does not allow. */
// deno-lint-ignore no-control-regex -- they are what is searched for
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/;

function refuseControl(text: string): void {
  const found = CONTROL.exec(text);
  if (!found) return;
  const line = text.slice(0, found.index).split("\n").length;
  throw new Unreadable(line, "has a control character, which YAML does not allow");
}

function parse(text: string): Yaml {
  refuseControl(text);
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    // Scalars stay as they are written; what they mean is Mistral's rule, not the parser's.
    schema: "failsafe",
    version: "1.1",
    // Compares each key of a map with each other one; done here in one pass.
    uniqueKeys: false,
    prettyErrors: false,
    lineCounter,
  });
  const [error] = document.errors;
  // The parser is recursive, and reports a stack overflow as a mistake in the text.
  if (error?.message.includes("call stack")) throw new RangeError(error.message);
  if (error) {
    throw new Unreadable(lineCounter.linePos(error.pos[0]).line, `is no YAML: ${error.message}`);
  }
  const root = new Converter(lineCounter).convert(document.contents);
  let cut: Yaml["only"] | undefined;
  return {
    root,
    only: (keys) => (cut ??= cutter(text, document as Document.Parsed))(keys),
  };
}

/** Reads a YAML text of one document. */
export function readYaml(text: string): Reading {
  try {
    return { yaml: parse(text), problems: [] };
  } catch (error) {
    const found = error instanceof RangeError
      ? new Unreadable(1, `lies more than ${MAX_DEPTH} levels deep`)
      : error;
    if (!(found instanceof Unreadable)) throw error;
    return { yaml: null, problems: [{ line: found.line, path: [], message: found.message }] };
  }
}
