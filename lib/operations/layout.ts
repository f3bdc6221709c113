/**
 * TypeScript expressions laid out as `deno fmt` leaves them: on one line where they fit, else with
 * one part a line.
 *
 * @module
 */

/** An expression in parts. */
export type Expression =
  /** Finished source text. */
  | string
  | { readonly call: string; readonly arguments: readonly Expression[] }
  | { readonly items: readonly Expression[]; readonly open?: boolean }
  /** `open` keeps one part a line also where all would fit on one. */
  | { readonly fields: readonly (readonly [string, Expression])[]; readonly open?: boolean };

/** Characters that a line may have, as `deno.json` says. */
export const LINE_WIDTH = 100;

/** An array of expressions. */
export const list = (items: readonly Expression[], open = false): Expression => ({ items, open });

/** A string as source text, in those quotes of which fewer are in it; no character of it ends a line. */
export function text(value: string): string {
  const quoted = JSON.stringify(value).replace(
    /[\x7f-\x9f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  const count = (quote: string) => value.split(quote).length;
  if (count('"') <= count("'")) return quoted;
  return `'${quoted.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** An array of strings. */
export const texts = (values: readonly string[]): Expression => list(values.map(text));

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

const key = (name: string): string => IDENTIFIER.test(name) ? name : text(name);

/** A member of an object; a value that can be no shorter begins a line of its own. */
export function field(name: string, value: Expression, indent: number): string {
  const prefix = `${key(name)}:`;
  const isLong = typeof value === "string" &&
    indent + prefix.length + value.length + 2 > LINE_WIDTH;
  if (isLong) return `${prefix}\n${" ".repeat(indent + 2)}${value}`;
  return `${prefix} ${layout(value, indent, prefix.length + 2)}`;
}

function isOpen(expression: Expression): boolean {
  if (typeof expression === "string") return false;
  if ("call" in expression) return expression.arguments.some(isOpen);
  const parts = "items" in expression ? expression.items : expression.fields.map(([, one]) => one);
  return (expression.open ?? false) && parts.length > 0 || parts.some(isOpen);
}

function flat(expression: Expression): string {
  if (typeof expression === "string") return expression;
  if ("call" in expression) {
    return `${expression.call}(${expression.arguments.map(flat).join(", ")})`;
  }
  if ("items" in expression) return `[${expression.items.map(flat).join(", ")}]`;
  if (expression.fields.length === 0) return "{}";
  const fields = expression.fields.map(([name, value]) => `${key(name)}: ${flat(value)}`);
  return `{ ${fields.join(", ")} }`;
}

/** Lines between brackets, each two columns further in and with a comma. */
function block<T>(
  [opening, closing]: readonly [string, string],
  parts: readonly T[],
  indent: number,
  spell: (part: T, indent: number) => string,
): string {
  const inner = indent + 2;
  const lines = parts.map((part) => `${" ".repeat(inner)}${spell(part, inner)},\n`);
  return `${opening}\n${lines.join("")}${" ".repeat(indent)}${closing}`;
}

/** The last argument alone takes several lines, where what stands before it leaves room for that. */
function hugged(
  { call, arguments: parts }: Extract<Expression, { call: string }>,
  indent: number,
  taken: number,
): string | null {
  const last = parts.at(-1);
  if (last === undefined || typeof last === "string" || "call" in last) return null;
  const before = parts.slice(0, -1);
  const head = `${call}(${before.map((part) => `${flat(part)}, `).join("")}`;
  if (before.some(isOpen) || indent + taken + head.length + 1 > LINE_WIDTH) return null;
  return `${head}${broken(last, indent)})`;
}

function broken(expression: Expression, indent: number, taken = 0): string {
  if (typeof expression === "string") return expression;
  const element = (part: Expression, inner: number) => layout(part, inner, 1);
  if ("items" in expression) return block(["[", "]"], expression.items, indent, element);
  if ("fields" in expression) {
    return block(
      ["{", "}"],
      expression.fields,
      indent,
      ([name, value], inner) => field(name, value, inner),
    );
  }
  const { call, arguments: parts } = expression;
  return hugged(expression, indent, taken) ?? block([`${call}(`, ")"], parts, indent, element);
}

/**
 * Lays out an expression.
 *
 * @param indent Columns that the line is indented by.
 * @param taken Columns of the line that other text needs, before it and after it.
 */
export function layout(expression: Expression, indent: number, taken = 0): string {
  const line = flat(expression);
  const fits = !isOpen(expression) && indent + taken + line.length <= LINE_WIDTH;
  return fits ? line : broken(expression, indent, taken);
}
