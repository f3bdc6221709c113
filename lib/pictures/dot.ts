/**
 * A schema as a graph for Graphviz: a box for each table, a line for each foreign key.
 *
 * Source: https://graphviz.org/doc/info/shapes.html#html
 *
 * @module
 */
import { identifier } from "./identifier.ts";
import { markup } from "./markup.ts";
import type { ShownColumn, ShownTable } from "./model.ts";

/** What is drawn differently about a table or a column. */
export type Mark = "added" | "removed" | "changed";

/** Marks by `table` and by `table.column`. */
export type Marks = ReadonlyMap<string, Mark>;

/** Colours that can be told apart also by who sees no red or green, on white. */
const FILLS: Readonly<Record<Mark, string>> = {
  added: "#cfe8ff",
  removed: "#ffd9cc",
  changed: "#fff2bf",
};

/** Tables that belong together have the same colour. */
const HEADS: readonly (readonly [RegExp, string])[] = [
  [/^(workbooks|workflow_definitions|action_definitions|dynamic_action|code_sources)/, "#1f5f8b"],
  [/execution/, "#8a4b08"],
  [/(trigger|delayed_calls|scheduled_jobs)/, "#2f6b3a"],
];

const OTHER_HEAD = "#555566";

function row(table: string, column: ShownColumn, marks: Marks): string {
  const { name, type, nullable, primaryKey, refers } = column;
  const mark = marks.get(`${table}.${name}`) ?? marks.get(table);
  const fill = ` BGCOLOR="${mark ? FILLS[mark] : "#ffffff"}"`;
  const text = primaryKey ? `<B>${markup(name)}</B>` : markup(name);
  const key = primaryKey ? " PK" : refers ? " FK" : "";
  const kind = `<FONT COLOR="#667788">${markup(type)}${nullable ? "" : " *"}${key}</FONT>`;
  return `<TR><TD ALIGN="LEFT" PORT="${identifier(name)}"${fill}>${text}</TD>` +
    `<TD ALIGN="RIGHT" PORT="${identifier(name)}_"${fill}>${kind}</TD></TR>`;
}

function box({ name, columns }: ShownTable, marks: Marks): string {
  const head = HEADS.find(([pattern]) => pattern.test(name))?.[1] ?? OTHER_HEAD;
  const rows = columns.map((column) => row(name, column, marks)).join("");
  return `  "${
    identifier(name)
  }" [label=<<TABLE BORDER="1" COLOR="${head}" CELLBORDER="0" CELLSPACING="0" ` +
    `CELLPADDING="3"><TR><TD COLSPAN="2" BGCOLOR="${head}"><FONT COLOR="#ffffff" POINT-SIZE="14">` +
    `<B>${markup(name)}</B></FONT></TD></TR>${rows}</TABLE>>];`;
}

/** A line from one column to another. */
function line(from: readonly string[], to: readonly string[]): string {
  const place = (names: readonly string[]) =>
    names.map((name) => `"${identifier(name)}"`).join(":");
  return `  ${place(from)}:e -> ${place(to)}:w;`;
}

/** The graph; what is marked is drawn in a colour of its own. */
export function dot(tables: readonly ShownTable[], marks: Marks = new Map()): string {
  const lines = tables.flatMap(({ name, columns }) =>
    columns.flatMap(({ name: column, refers }) =>
      refers ? [line([name, `${column}_`], [refers.table, refers.column])] : []
    )
  );
  return [
    "digraph schema {",
    '  graph [rankdir=LR, nodesep=0.3, ranksep=1.1, pack=12, packmode="graph", bgcolor="#ffffff", pad=0.3];',
    '  label="PK primary key   FK foreign key   * never NULL"; labelloc=b; fontname="Arial"; ' +
    'fontsize=11; fontcolor="#667788";',
    '  node [shape=plain, fontname="Arial", fontsize=11];',
    '  edge [color="#8899aa", arrowsize=0.7];',
    ...tables.map((table) => box(table, marks)),
    ...lines,
    "}",
  ].join("\n");
}
