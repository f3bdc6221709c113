/**
 * A migration as the source text of its file.
 *
 * @module
 */
import { type Expression, field, layout, LINE_WIDTH, text, texts } from "../operations/layout.ts";
import type { RemarkedOperation } from "../operations/remarks.ts";
import { render } from "../operations/render.ts";
import { capitalized, inOneLine, wrapped } from "../text/printable.ts";
import type { RevisionNode } from "../revisions/graph/revision.ts";

/** The contents of a new file. */
export interface RevisionDraft extends RevisionNode {
  /** ISO 8601 date and time. */
  readonly created: string;
  readonly upgrade: readonly RemarkedOperation[];
}

/** The module specifiers of a file's imports. */
export interface RevisionImports {
  readonly columns: string;
  readonly operations: string;
  readonly revision: string;
}

/** From within the folder of the embedded migrations. */
export const embeddedImports: RevisionImports = Object.freeze({
  columns: "../lib/operations/columns.ts",
  operations: "../lib/operations/vocabulary.ts",
  revision: "../lib/revisions/graph/migration.ts",
});

/** What a site's own migrations call this program. */
export const PACKAGE = "mistral-db-manage";

/** From anywhere else. */
export const siteImports: RevisionImports = Object.freeze({
  columns: PACKAGE,
  operations: PACKAGE,
  revision: PACKAGE,
});

const caseInsensitively = (left: string, right: string): number =>
  left.toLowerCase() < right.toLowerCase() ? -1 : 1;

function importLine(kind: string, names: readonly string[], specifier: string): string {
  const sorted = names.toSorted(caseInsensitively);
  const line = `${kind} { ${sorted.join(", ")} } from ${JSON.stringify(specifier)};\n`;
  if (line.length - 1 <= LINE_WIDTH) return line;
  return `${kind} {\n${sorted.map((name) => `  ${name},\n`).join("")}} from ${
    JSON.stringify(specifier)
  };\n`;
}

function importLines(draft: RevisionDraft, imports: RevisionImports): string {
  const rendered = draft.upgrade.map(({ operation }) => render(operation));
  const names = new Map<string, Set<string>>();
  const add = (specifier: string, words: Iterable<string>) =>
    names.set(specifier, new Set([...names.get(specifier) ?? [], ...words]));
  for (const { columns, operations } of rendered) {
    add(imports.columns, columns);
    add(imports.operations, operations);
  }
  return [...names].filter(([, words]) => words.size > 0)
    .toSorted(([left], [right]) => left < right ? -1 : 1)
    .map(([specifier, words]) => importLine("import", [...words], specifier))
    .join("") + importLine("import type", ["Revision"], imports.revision);
}

/** A message as a sentence for a comment. */
function sentence(message: string): string {
  const line = inOneLine(message.trim().replace(/\s+/g, " ")).replaceAll("*/", "* /");
  const capital = capitalized(line);
  return /[.!?]$/.test(capital) || capital === "" ? capital : `${capital}.`;
}

function title(message: string): string {
  const said = sentence(message);
  if (said === "") return "";
  if (said.length + 7 <= LINE_WIDTH) return `/** ${said} */\n`;
  return `/**\n${wrapped(said, LINE_WIDTH - 3).map((line) => ` * ${line}\n`).join("")} */\n`;
}

function remarkLines(remark: string | null): string {
  if (remark === null) return "";
  return wrapped(inOneLine(remark), LINE_WIDTH - 7).map((line) => `    // ${line}\n`).join("");
}

function upgradeText(upgrade: readonly RemarkedOperation[]): string {
  if (upgrade.length === 0) return "  upgrade: [],\n";
  const lines = upgrade.map(({ operation, remark }) =>
    `${remarkLines(remark)}    ${layout(render(operation).expression, 4, 1)},\n`
  );
  return `  upgrade: [\n${lines.join("")}  ],\n`;
}

function downExpression(down: RevisionNode["down"]): Expression {
  if (down === null) return "null";
  return typeof down === "string" ? text(down) : texts(down);
}

/** The text of a migration's file, formatted as this project's are. */
export function revisionSource(draft: RevisionDraft, imports: RevisionImports): string {
  const { id, down, labels = [], dependsOn = [], message, created } = draft;
  const fields: readonly (readonly [string, Expression | null])[] = [
    ["id", text(id)],
    ["down", downExpression(down)],
    ["labels", labels.length > 0 ? texts(labels) : null],
    ["dependsOn", dependsOn.length > 0 ? texts(dependsOn) : null],
    ["message", text(message)],
    ["created", text(created)],
  ];
  const lines = fields.filter(([, value]) => value !== null)
    .map(([name, value]) => `  ${field(name, value!, 2)},\n`);
  return `${importLines(draft, imports)}\n${title(message)}export default {\n${lines.join("")}${
    upgradeText(draft.upgrade)
  }} satisfies Revision;\n`;
}
