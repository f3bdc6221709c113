/**
 * A plan as a table for people, as wide as their terminal.
 *
 * @module
 */
import type {
  Block,
  ExplainedEffect,
  ExplainedMigration,
  ExplainedStatement,
  Explanation,
  Risk,
} from "../engine/explain.ts";
import { counted, lasting, sized, type Style, type Styler, wrapped } from "./output/style.ts";

/** From this width on a statement and its locks stand beside each other. */
const WIDE = 100;

const COLOURS: Readonly<Record<Risk, Style>> = {
  none: "green",
  low: "green",
  medium: "yellow",
  high: "red",
  unknown: "magenta",
};

const METHODS: Readonly<Record<ExplainedEffect["method"], string>> = {
  instant: "instant",
  scan: "reads the table",
  rebuild: "rebuilds the table",
  copy: "copies the table",
  rows: "writes rows",
};

function sizeOf({ method, rows, bytes, seconds }: ExplainedEffect): string {
  if (method === "instant") return "";
  const size = method === "rows"
    ? rows === null ? "size unknown" : `${counted(rows)} rows at most`
    : rows === 0
    ? "empty"
    : bytes === null
    ? "size unknown"
    : sized(bytes);
  return ` (${size}${seconds ? `, about ${lasting(seconds)}` : ""})`;
}

function effectText(effect: ExplainedEffect, isOnly: boolean): string {
  const { table, lock, blocks, method } = effect;
  const where = isOnly ? "" : `${table}: `;
  return `${where}${lock}; blocks ${blocks}; ${METHODS[method]}${sizeOf(effect)}`;
}

function effectsText({ effects, stallsCluster }: ExplainedStatement): string {
  if (effects.length === 0) return "nobody else uses it yet";
  const texts = effects.map((effect) => effectText(effect, effects.length === 1));
  const galera = stallsCluster ? ["stalls the whole Galera cluster meanwhile (TOI)"] : [];
  return [...texts, ...galera].join(". ");
}

/** Two texts side by side, each wrapped into its column. */
function columns(left: string, right: string, [first, second]: readonly [number, number]) {
  const [a, b] = [wrapped(left, first), wrapped(right, second)];
  return Array.from(
    { length: Math.max(a.length, b.length) },
    (_, index) => `${(a[index] ?? "").padEnd(first)}  ${b[index] ?? ""}`.trimEnd(),
  );
}

const MARGIN = "  ";

/** Room for the risk. */
const RISK_WIDTH = 9;

function statementLines(
  statement: ExplainedStatement,
  width: number,
  style: Styler,
): readonly string[] {
  const { risk, words } = statement;
  const room = width - MARGIN.length - RISK_WIDTH;
  const first = Math.floor(room * 0.42);
  const lines = width >= WIDE
    ? columns(words, effectsText(statement), [first, room - first - 2])
    : [
      ...wrapped(words, room),
      ...wrapped(effectsText(statement), room).map((line) => style("dim", line)),
    ];
  return lines.map((line, index) => {
    const label = (index === 0 ? risk : "").padEnd(RISK_WIDTH);
    return `${MARGIN}${style(COLOURS[risk], label)}${line}`;
  });
}

/** The statements of one step that do the same, such as those of a rebuild, are one line. */
function grouped(statements: readonly ExplainedStatement[]): readonly ExplainedStatement[] {
  return statements.filter((one, index) => {
    const before = statements[index - 1];
    return !before || before.words !== one.words || effectsText(before) !== effectsText(one);
  });
}

function migrationLines(
  { revision, message, made, statements, stopServices }: ExplainedMigration,
  width: number,
  style: Styler,
): readonly string[] {
  const notes = [
    ...(made > 0 ? [`goes on after ${made} steps that an earlier run has made`] : []),
    ...(stopServices.length > 0 ? [`stop the services: ${stopServices.join("; ")}`] : []),
  ];
  const told = statements.length === 0
    ? [`${MARGIN}nothing to do but its row in alembic_version`]
    : grouped(statements).flatMap((one) => statementLines(one, width, style));
  return [
    style("bold", wrapped(`${revision}  ${message}`, width).join("\n")),
    ...notes.flatMap((note) =>
      wrapped(note, width - 2).map((line) => style("yellow", `${MARGIN}${line}`))
    ),
    ...told,
    "",
  ];
}

function blockText(block: Block | null): string {
  if (!block) return "none";
  const { revision, table, blocks, seconds } = block;
  const how = seconds === null
    ? "unknown"
    : seconds === 0
    ? "an instant"
    : `about ${lasting(seconds)}`;
  return `${how}: ${blocks} of ${table}, in ${revision}`;
}

function totalLines({ totals }: Explanation, width: number, style: Styler): readonly string[] {
  const { migrations, statements, rowsWritten, bytesCopied, longestBlock, stopServices } = totals;
  const rows: readonly (readonly [string, string])[] = [
    ["migrations", counted(migrations)],
    ["statements", counted(statements)],
    ["rows written", rowsWritten === null ? "unknown" : `${counted(rowsWritten)} at most`],
    ["copied", bytesCopied === null ? "unknown" : sized(bytesCopied)],
    ["longest block", blockText(longestBlock)],
    ["stop services for", stopServices.join(", ") || "none"],
  ];
  return [
    style("bold", "Altogether"),
    ...rows.flatMap(([name, value]) => columns(name, value, [17, width - 21]))
      .map((line) => `${MARGIN}${line}`),
  ];
}

const named = (versions: readonly string[]): string => versions.join(", ") || "an empty database";

/** What is known of the server, and what was only assumed. */
function serverText({ server, cluster }: Explanation, isAssumed: boolean): string {
  const version = server.version.slice(0, server.product === "PostgreSQL" ? 1 : 3).join(".");
  const node = cluster ? ", a node of a Galera cluster" : "";
  return `${server.product} ${version}${node}${isAssumed ? " assumed, sizes unknown" : ""}`;
}

/** The lines of a plan that has something to do. */
export function planLines(
  explanation: Explanation,
  { width, style, isAssumed }: {
    readonly width: number;
    readonly style: Styler;
    readonly isAssumed: boolean;
  },
): readonly string[] {
  const { from, to, migrations } = explanation;
  const title = `Upgrade from ${named(from)} to ${named(to)} on ${
    serverText(explanation, isAssumed)
  }`;
  return [
    ...wrapped(title, width),
    "",
    ...migrations.flatMap((one) => migrationLines(one, width, style)),
    ...totalLines(explanation, width, style),
  ];
}
