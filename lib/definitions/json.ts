/**
 * JSON as Python writes it, which is how the engine keeps specifications: `", "` and `": "` between
 * things, nothing but ASCII, and a point in every number that is not whole.
 *
 * @module
 */
import type { Entry, Node, ScalarNode } from "./node.ts";

/** The text in quotes, with everything escaped that is not printable ASCII. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\x7f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A number as Python's `repr` has it: exponents from 16 digits on, not from 21 as here. */
function float(value: number): string {
  const [digits, exponent] = value.toExponential().split("e");
  const power = Number(exponent);
  if (power >= -4 && power < 16) return Number.isInteger(value) ? `${value}.0` : String(value);
  const size = String(Math.abs(power)).padStart(2, "0");
  return `${digits}e${power < 0 ? "-" : "+"}${size}`;
}

function scalarText({ value }: ScalarNode): string {
  if (typeof value === "string") return quoted(value);
  return typeof value === "number" ? float(value) : String(value);
}

/** Keys are text in JSON, whatever they were. */
function entryText({ key, value }: Entry): string {
  return `${typeof key.value === "string" ? quoted(key.value) : `"${scalarText(key)}"`}: ${
    json(value)
  }`;
}

/** The node as JSON, on one line, byte for byte as Python's `json.dumps` writes it. */
export function json(node: Node): string {
  switch (node.kind) {
    case "map":
      return `{${node.entries.map(entryText).join(", ")}}`;
    case "list":
      return `[${node.items.map(json).join(", ")}]`;
    case "scalar":
      return scalarText(node);
  }
}
