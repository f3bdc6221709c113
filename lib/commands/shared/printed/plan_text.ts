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
} from "../../../engine/explanation/explain.ts";
import type { Server } from "../../../servers/server.ts";
import { counted, lasting, sized } from "../../../text/amounts.ts";
import type { Style, Styler } from "../../../cli/output/style.ts";
import { wrapped } from "../../../text/printable.ts";

/** The least width at which a statement and its locks stand side by side. */
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

/** How much of the table is affected, and for how long. */
function sizeOf({ method, rows, bytes, seconds }: ExplainedEffect): string | null {
  if (method === "instant") return null;
  const known = method === "rows" ? rows : bytes;
  if (rows === 0) return "empty";
  if (known === null) return "size unknown";
  const size = method === "rows" ? `at most ${counted(known)}` : sized(known);
  return seconds ? `${size}, about ${lasting(seconds)}` : size;
}

function methodText(effect: ExplainedEffect): string {
  const size = sizeOf(effect);
  return METHODS[effect.method] + (size === null ? "" : ` (${size})`);
}

/** How a plan is shown. */
export interface PlanTextOptions {
  /** The server that it is for. */
  readonly server: Server;
  /** Whether no server was asked. */
  readonly isAssumed: boolean;
  /** The columns of the terminal. */
  readonly width: number;
  /** Colours, if the terminal has any. */
  readonly style: Styler;
}

/** Cells of a table: a statement that concerns several tables has a line for each. */
type Cells = readonly [statement: string, lock: string, blocks: string, how: string];

function cellsOf(
  { words, effects, stallsCluster }: ExplainedStatement,
  { locks }: Server,
): readonly Cells[] {
  const own = effects.map((effect, index): Cells => [
    index === 0 ? words : `  and on ${effect.table}`,
    effect.lock,
    effect.blocks,
    methodText(effect),
  ]);
  const rows = own.length > 0 ? own : [[words, "-", "nothing", "instant"] as const];
  if (!stallsCluster || locks.cluster === null) return rows;
  const { cluster, lock } = locks.cluster;
  return [...rows, ["", lock, `the whole ${cluster}`, "on every node at once"]];
}

/** Texts side by side, each wrapped into its column. */
function columns(texts: readonly string[], widths: readonly number[]): readonly string[] {
  const cells = texts.map((text, index) => wrapped(text, widths[index]!));
  const height = Math.max(...cells.map(({ length }) => length));
  return Array.from(
    { length: height },
    (_, line) =>
      cells.map((cell, index) => (cell[line] ?? "").padEnd(widths[index]!)).join("  ").trimEnd(),
  );
}

const MARGIN = "  ";

/** Room for the risk, and for what it is about where all stands in one line. */
const RISK_WIDTH = 9;
const LOCK_WIDTH = 19;
const BLOCKS_WIDTH = 16;

const HEADINGS: Cells = ["Statement", "Lock", "Blocks", "How"];

/** The widths of the cells of a wide table. */
function widthsFor(width: number): readonly number[] {
  const room = width - MARGIN.length - RISK_WIDTH - LOCK_WIDTH - BLOCKS_WIDTH - 6;
  const statement = Math.floor(room * 0.62);
  return [statement, LOCK_WIDTH, BLOCKS_WIDTH, room - statement];
}

/** The lines of one row: side by side if there is room, else one under the other. */
function rowLines(cells: Cells, width: number, style: Styler): readonly string[] {
  if (width >= WIDE) return columns(cells, widthsFor(width));
  const [statement, lock, blocks, how] = cells;
  const room = width - MARGIN.length - RISK_WIDTH;
  return [
    ...(statement ? wrapped(statement, room) : []),
    ...wrapped(`${lock}; blocks ${blocks}; ${how}`, room).map((line) => style("dim", line)),
  ];
}

function statementLines(
  statement: ExplainedStatement,
  { server, width, style }: PlanTextOptions,
): readonly string[] {
  const { risk } = statement;
  return cellsOf(statement, server).flatMap((cells) => rowLines(cells, width, style))
    .map((line, index) => {
      const label = (index === 0 ? risk : "").padEnd(RISK_WIDTH);
      return `${MARGIN}${style(COLOURS[risk], label)}${line}`.trimEnd();
    });
}

function headingLines(width: number, style: Styler): readonly string[] {
  if (width < WIDE) return [];
  const [line] = columns(HEADINGS, widthsFor(width));
  return [style("dim", `${MARGIN}${"Risk".padEnd(RISK_WIDTH)}${line}`)];
}

/** Similar statements of one step, such as those of a rebuild, are one line. */
function grouped(
  statements: readonly ExplainedStatement[],
  server: Server,
): readonly ExplainedStatement[] {
  return statements.filter((one, index) => {
    const before = statements[index - 1];
    return !before || before.words !== one.words ||
      String(cellsOf(before, server)) !== String(cellsOf(one, server));
  });
}

function migrationLines(
  { revision, message, resumed, made, statements, stopServices }: ExplainedMigration,
  options: PlanTextOptions,
): readonly string[] {
  const { server, width, style } = options;
  const notes = [
    ...(resumed
      ? [made > 0 ? `continues after ${made} steps of an earlier run` : "continues an earlier run"]
      : []),
    ...(stopServices.length > 0 ? [`stop the services: ${stopServices.join("; ")}`] : []),
  ];
  const told = statements.length === 0
    ? [`${MARGIN}no statements; only records the revision`]
    : grouped(statements, server).flatMap((one) => statementLines(one, options));
  return [
    ...wrapped(`${revision}  ${message}`, width).map((line) => style("bold", line)),
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

function amount(value: number | null, inWords: (value: number) => string): string {
  if (value === null) return "unknown";
  return value === 0 ? "none" : inWords(value);
}

function totalLines(
  { totals, singleTransaction }: Explanation,
  width: number,
  style: Styler,
): readonly string[] {
  const { migrations, statements, rowsWritten, bytesCopied, longestBlock, stopServices } = totals;
  const rows: readonly (readonly [string, string])[] = [
    ["migrations", counted(migrations)],
    ["statements", counted(statements)],
    ["rows written", amount(rowsWritten, (rows) => `at most ${counted(rows)}`)],
    ["copied", amount(bytesCopied, sized)],
    ...(singleTransaction
      ? [["transaction", "a single one: every lock is held until the end of the run"] as const]
      : []),
    ["longest block", blockText(longestBlock)],
    ["stop services for", stopServices.join(", ") || "none"],
  ];
  return [
    style("bold", "Altogether"),
    ...rows.flatMap(([name, value]) => columns([name, value], [17, width - 21]))
      .map((line) => `${MARGIN}${line}`),
  ];
}

const named = (versions: readonly string[]): string => versions.join(", ") || "an empty database";

/** Known and assumed facts of the server. */
function serverText(
  { server: found, cluster }: Explanation,
  { server: { catalog, locks }, isAssumed }: PlanTextOptions,
): string {
  const version = found.version.slice(0, catalog.products[found.product]!.numbers).join(".");
  const node = cluster && locks.cluster ? `, a node of a ${locks.cluster.cluster}` : "";
  return `${found.product} ${version}${node}${isAssumed ? " assumed, sizes unknown" : ""}`;
}

/** The lines of a plan that has something to do. */
export function planLines(
  explanation: Explanation,
  options: PlanTextOptions,
): readonly string[] {
  const { width, style } = options;
  const { from, to, migrations } = explanation;
  const title = `Upgrade from ${named(from)} to ${named(to)} on ${
    serverText(explanation, options)
  }`;
  return [
    ...wrapped(title, width),
    "",
    ...headingLines(width, style),
    ...migrations.flatMap((one) => migrationLines(one, options)),
    ...totalLines(explanation, width, style),
  ];
}
