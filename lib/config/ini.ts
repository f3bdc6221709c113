/**
 * The grammar of OpenStack's configuration files, as oslo.config reads them.
 *
 * @module
 */
import { Secret } from "../servers/connecting/url/secret.ts";
import { OperatorError } from "../errors.ts";

/** One `name = value` of a file. */
export interface Assignment {
  /** Its section; in lower case, except for `DEFAULT`. */
  readonly group: string;
  /** The text before the `=` or `:`. */
  readonly name: string;
  /** Without surrounding quotes; the lines of a continued value are joined by a line feed. */
  readonly value: Secret;
  /** Its place, as `file:line`. */
  readonly origin: string;
}

/** An assignment to which following indented lines may still be added. */
interface OpenAssignment extends Omit<Assignment, "value"> {
  readonly lines: string[];
}

/** Blanks as Python strips them; JavaScript's `trim` also takes a byte order mark away. */
const LEADING = /^\p{White_Space}+/u;
const BLANK = /^\p{White_Space}$/u;

/** The text without the blanks at its end; a pattern would look for the end from each of them. */
function withoutTrailing(text: string): string {
  let end = text.length;
  while (end > 0 && BLANK.test(text[end - 1]!)) end--;
  return text.slice(0, end);
}

/** What a line is, by how it begins. */
function kindOf(line: string): "blank" | "continuation" | "section" | "comment" | "assignment" {
  switch (line[0]) {
    case undefined:
      return "blank";
    case " ":
    case "\t":
      return "continuation";
    case "[":
      return "section";
    case "#":
    case ";":
      return "comment";
    default:
      return "assignment";
  }
}

/**
 * Reads the text of a configuration file.
 *
 * `#` and `;` begin a comment only as the first character of a line; an indented line continues the
 * value before it, whatever its text, unless a blank line or a comment is in between; the
 * first `=` or `:` ends the name. Names and sections are case-sensitive to the file, but sections
 * are compared in lower case.
 *
 * @param file Name of the file, for messages.
 * @throws {OperatorError} When a line is none of these. The message names the line and does not
 * show it, since a broken line can be a piece of a password.
 */
export function parseIni(text: string, file: string): readonly Assignment[] {
  const assignments: OpenAssignment[] = [];
  let group: string | null = null;
  let open: OpenAssignment | null = null;
  text.split(/\r\n|\r|\n/).forEach((line, index) => {
    const content = withoutTrailing(line);
    const kind = kindOf(content);
    const origin = `${file}:${index + 1}`;
    if (kind === "continuation") {
      continuedBy(open, content, origin);
      return;
    }
    open = null;
    if (kind === "section") group = sectionName(content, origin);
    if (kind === "assignment") assignments.push(open = assignment(group, content, origin));
  });
  return assignments.map(({ lines, ...rest }) => ({
    ...rest,
    value: new Secret(lines.join("\n")),
  }));
}

/** Refuses a line. */
function refuse(origin: string, because: string, remedy: string | null = null): never {
  throw new OperatorError({ failed: `Cannot read ${origin}`, because, remedy });
}

/** Adds an indented line to the value that it continues. */
function continuedBy(open: OpenAssignment | null, content: string, origin: string): void {
  if (open === null) {
    refuse(
      origin,
      "unexpected continuation line",
      "remove the indentation, or the blank line or comment before it",
    );
  }
  open.lines.push(content.replace(LEADING, ""));
}

/** The name in a section header. */
function sectionName(header: string, origin: string): string {
  if (!header.endsWith("]")) {
    refuse(origin, "a section must end with a bracket; nothing may follow it on the line");
  }
  if (header === "[]") refuse(origin, "the name of the section is empty");
  return normalizeGroup(header.slice(1, -1));
}

/** A section as it is compared. */
export function normalizeGroup(group: string): string {
  return group === "DEFAULT" ? group : group.toLowerCase();
}

/** The beginning of an assignment. */
function assignment(group: string | null, content: string, origin: string): OpenAssignment {
  const [, name, value] = /^([^=:]*)[=:](.*)$/s.exec(content) ??
    (content.startsWith("\uFEFF")
      ? refuse(origin, "the file begins with a byte order mark", "save it as UTF-8 without one")
      : refuse(origin, 'no "=" or ":" found in the assignment'));
  const key = withoutTrailing(name!).replace(LEADING, "");
  if (key === "") refuse(origin, 'the name before the "=" or ":" is empty');
  if (group === null) refuse(origin, 'no section before the assignment, as in "[database]"');
  return { group, name: key, origin, lines: [unquoted(value!.replace(LEADING, ""))] };
}

/** Takes away quotes of one kind around a value; a quote that stands alone counts as both. */
function unquoted(value: string): string {
  return /^(["'])(?:.*\1)?$/s.test(value) ? value.slice(1, -1) : value;
}
