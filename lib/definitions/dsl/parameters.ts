/**
 * Finds the parameters in a command's text in linear time. A regular expression would restart at every
 * character, which takes minutes on a long text.
 *
 * @module
 */

/** A character of a parameter's name: a letter, a digit, `_` or `-`, of any script, as in Python. */
const NAME_CHARACTER = /^[-\p{L}\p{N}_]$/u;

/** Values that need no end to be looked for. */
const LITERAL = /true|false|null|\d+/uy;

const LINE_END = /[\n\r\u2028\u2029]/g;

/** Looks for the same thing from later and later places; each part of the text is read once. */
function finder(find: (from: number) => number): (from: number) => number {
  let known = -1;
  return (from) => known >= from ? known : known = find(from);
}

/** Where the name that ends at `end` begins, at `from` or behind it. */
function nameStart(text: string, from: number, end: number): number {
  let start = end;
  while (start > from) {
    const isPair = start - 1 > from && /[\udc00-\udfff]/.test(text[start - 1]!);
    const before = start - (isPair ? 2 : 1);
    if (!NAME_CHARACTER.test(text.slice(before, start))) break;
    start = before;
  }
  return start;
}

/** Tells where the value ends that begins at a place; null where none begins there. */
function valueEnds(text: string): (start: number) => number | null {
  const orEnd = (index: number) => index < 0 ? text.length : index;
  const next = (what: string) => finder((from) => orEnd(text.indexOf(what, from)));
  const ends = { '"': next('"'), "'": next("'"), "{{": next("}}"), "<%": next("%>") };
  const lineEnd = finder((from) => {
    LINE_END.lastIndex = from;
    return LINE_END.exec(text)?.index ?? text.length;
  });
  let bracket = { line: -1, last: -1 };
  const lastBracket = (line: number) => {
    if (bracket.line !== line) bracket = { line, last: text.lastIndexOf("]", line - 1) };
    return bracket.last;
  };
  return (start) => {
    const first = text[start] ?? "";
    if (first === '"' || first === "'") {
      const end = ends[first](start + 1);
      return end < text.length ? end + 1 : null;
    }
    const opening = text.slice(start, start + 2);
    if (opening === "{{" || opening === "<%") {
      const end = ends[opening](start + 2);
      return end < lineEnd(start) ? end + 2 : null;
    }
    if (first === "[") {
      const last = lastBracket(lineEnd(start));
      return last > start ? last + 1 : null;
    }
    LITERAL.lastIndex = start;
    return LITERAL.test(text) ? LITERAL.lastIndex : null;
  };
}

/**
 * The parameters, `name=value`, with a value in quotes, an expression, a list, a number, or one of
 * `true`, `false` and `null`. Others are passed over, as Mistral does.
 */
export function* parametersIn(text: string): Iterable<readonly [name: string, value: string]> {
  const valueEnd = valueEnds(text);
  let from = 0;
  for (let at = text.indexOf("="); at >= 0; at = text.indexOf("=", Math.max(at + 1, from))) {
    const start = nameStart(text, from, at);
    const end = start < at ? valueEnd(at + 1) : null;
    if (end === null) continue;
    yield [text.slice(start, at), text.slice(at + 1, end)];
    from = end;
  }
}
