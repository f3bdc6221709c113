/**
 * Expressions inside of texts: YAQL between `<%` and `%>`, Jinja between `{{` and `}}`.
 *
 * @module
 */
import { type Node, textOf } from "../node.ts";
import { type Check, type Path, type Problem, problem } from "./problem.ts";

// A dot is no line break, in Mistral's patterns too.
const YAQL = "<%.*?%>";
const JINJA = "\\{\\{.*?\\}\\}";

/** A text that is one expression. */
const WHOLE = new RegExp(`^(?:${JINJA}|${YAQL})\\s*$`);

/** Whether a text is one expression and nothing else. */
export const isExpression = (text: string): boolean => WHOLE.test(text);

/** The source of a pattern that fits an expression. */
export const EXPRESSION = `${JINJA}|${YAQL}`;

const count = (text: string, character: string): number => text.split(character).length - 1;

/** Whether braces pair up. */
const hasPairedBraces = (text: string): boolean => count(text, "{") === count(text, "}");

/** The text without what stands between an opening and the next closing, in one pass. */
function without(text: string, opening: string, closing: string): string {
  const kept: string[] = [];
  let from = 0;
  for (;;) {
    const start = text.indexOf(opening, from);
    const end = start < 0 ? -1 : text.indexOf(closing, start + opening.length);
    if (end < 0) return kept.join("") + text.slice(from);
    kept.push(text.slice(from, start));
    from = end + closing.length;
  }
}

/**
 * The problem of a text's expressions; null if there is none. Scripts and JSON end in `}}`
 * too, so that braces are a problem only if they do not pair up.
 */
function unbalanced(text: string): string | null {
  const withoutYaql = without(text, "<%", "%>");
  if (withoutYaql.includes("<%")) return 'opens an expression with "<%" and does not close it';
  if (withoutYaql.includes("%>")) return 'closes an expression with "%>" that was not opened';
  const rest = without(withoutYaql, "{{", "}}");
  if (hasPairedBraces(rest) || hasPairedBraces(withoutYaql)) return null;
  if (rest.includes("{{")) return 'opens an expression with "{{" and does not close it';
  if (rest.includes("}}")) return 'closes an expression with "}}" that was not opened';
  return null;
}

/** Keys with text for people. */
const PROSE: readonly unknown[] = ["description"];

/** Texts anywhere in a thing, descriptions aside: each expression that is opened is closed. */
export const balanced: Check = (node: Node, path: Path): readonly Problem[] => {
  switch (node.kind) {
    case "list":
      return node.items.flatMap((item, index) => balanced(item, [...path, String(index + 1)]));
    case "map":
      return node.entries.filter(({ key }) => !PROSE.includes(key.value)).flatMap(
        ({ key, value }) => {
          const place = [...path, String(key.value)];
          return [...balanced(key, place), ...balanced(value, place)];
        },
      );
    case "scalar": {
      const wrong = unbalanced(textOf(node) ?? "");
      return wrong === null ? [] : problem(node, path, wrong);
    }
  }
};
