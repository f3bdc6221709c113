/**
 * How the schema of a database differs from one that is wanted, and the steps that repair it.
 *
 * @module
 */
import type { Dialect, Step } from "../dialects/dialect.ts";
import { dialects } from "../dialects/mod.ts";
import type { Connection } from "../drivers/connection.ts";
import { stepsOf } from "../plan/fold.ts";
import { inOneLine } from "../printable.ts";
import { type Change, tableOfChange } from "../schema/change.ts";
import { describe, diff } from "../schema/diff/mod.ts";
import {
  columnOf,
  type Index,
  sameColumns,
  schemaOf,
  type SchemaState,
  type Table,
  tableOf,
} from "../schema/schema.ts";
import type { ColumnType } from "../schema/types.ts";
import { columnsInWords } from "../schema/words.ts";
import { operationsBetween } from "./autogenerate.ts";
import { compare, type Comparison } from "./compare.ts";

/** What is wrong with something of the schema, or that it is the site's own. */
export type Verdict = "missing" | "different" | "extra";

/** One difference between a database and its revision. */
export interface Finding {
  /** What kind of difference it is. */
  readonly verdict: Verdict;
  /** The table that it is about. */
  readonly table: string;
  /** A sentence without its first capital and full stop. */
  readonly words: string;
  /** Whether Mistral and this program work with it all the same. */
  readonly harmless: boolean;
}

/** How a database differs from a schema. */
export interface Drift {
  /** In order of table. */
  readonly findings: readonly Finding[];
  /** What repairs the findings that are not harmless, in order. */
  readonly repairs: readonly Step[];
}

/** What kinds of text take, in order. */
const TEXTS: readonly ColumnType["kind"][] = ["text", "mediumText", "longText"];

/** Whether a column only has more room for text than it needs, as after CONVERT TO CHARACTER SET. */
function isWider(change: Change<"alterColumn">, live: SchemaState): boolean {
  const now = columnOf(tableOf(live, change.table), change.column.name);
  const same = { ...now, type: change.column.type };
  return JSON.stringify(same) === JSON.stringify(change.column) &&
    TEXTS.includes(change.column.type.kind) &&
    TEXTS.indexOf(now.type.kind) > TEXTS.indexOf(change.column.type.kind);
}

const LONG_TEXTS = TEXTS.slice(1);

/**
 * Whether all long texts of a database are TEXT: SQLAlchemy takes mariadb:// for another database than
 * mysql://, so that upstream's tool makes none of its types for MySQL there.
 */
function hasPlainTexts({ live, wanted }: Difference): boolean {
  const pairs = [...wanted.tables.values()].flatMap(({ name, columns }) =>
    columns.filter(({ type }) => LONG_TEXTS.includes(type.kind)).flatMap((column) =>
      live.tables.get(name)?.columns.filter((now) => now.name === column.name) ?? []
    )
  );
  return pairs.length > 1 && pairs.every(({ type }) => type.kind === "text");
}

/** Why a column may stay as it is, though it is different; null where it may not. */
function whyHarmless(change: Change<"alterColumn">, difference: Difference): string | null {
  const { live } = difference;
  if (isWider(change, live)) return "it only has more room, as after CONVERT TO CHARACTER SET";
  const now = columnOf(tableOf(live, change.table), change.column.name);
  const same =
    JSON.stringify({ ...now, type: change.column.type }) === JSON.stringify(change.column);
  return same && LONG_TEXTS.includes(change.column.type.kind) && hasPlainTexts(difference)
    ? "upstream's tool makes it so for mariadb:// URLs, and it holds 64 KiB at the most"
    : null;
}

/** Two schemas, and what makes the one the other. */
interface Difference {
  readonly live: SchemaState;
  readonly wanted: SchemaState;
  readonly changes: readonly Change[];
}

/** Whether a server has made an index for a foreign key that should not be there either. */
function isLeftOver({ columns }: Index, table: string, { live, changes }: Difference): boolean {
  return tableOf(live, table).foreignKeys.some((key) =>
    sameColumns(key.columns, columns) &&
    changes.some((one) =>
      one.kind === "dropForeignKey" && one.table === table && one.name === key.name
    )
  );
}

/** What a site may have added: it is in nobody's way. Null where something else is wrong. */
function additionInWords(change: Change, difference: Difference): string | null {
  const { live } = difference;
  switch (change.kind) {
    case "dropTable":
      return `table "${change.table}" is none of Mistral's`;
    case "dropColumn": {
      const column = columnOf(tableOf(live, change.table), change.name);
      const fillsItself = column.nullable || column.default !== null || column.autoincrement;
      if (!fillsItself) return null;
      return `column "${change.name}" of table "${change.table}" is none of Mistral's`;
    }
    case "dropIndex": {
      const index = tableOf(live, change.table).indexes.find(({ name }) => name === change.name)!;
      if (index.unique || isLeftOver(index, change.table, difference)) return null;
      const columns = columnsInWords(index.columns);
      return `index "${change.name}" ${columns} of table "${change.table}" is none of Mistral's`;
    }
    default:
      return null;
  }
}

const isDrop = ({ kind }: Change): boolean => kind.startsWith("drop");

function findingOf(change: Change, difference: Difference): Finding {
  const { live } = difference;
  const table = tableOfChange(change)!;
  const addition = additionInWords(change, difference);
  if (addition !== null) {
    return { verdict: "extra", table, words: inOneLine(addition), harmless: true };
  }
  const words = describe(change, live);
  if (change.kind === "alterColumn") {
    const reason = whyHarmless(change, difference);
    const note = reason === null ? "" : `; ${reason}`;
    return { verdict: "different", table, words: words + note, harmless: reason !== null };
  }
  return { verdict: isDrop(change) ? "extra" : "missing", table, words, harmless: false };
}

/** What is wanted, with all that may stay as it is. */
function withAdditions(difference: Difference): SchemaState {
  const { live, wanted, changes } = difference;
  const harmless = changes.filter((change) => findingOf(change, difference).harmless);
  const stays = (kind: Change["kind"], table: string) => ({ name }: { readonly name: string }) =>
    harmless.some((change) =>
      change.kind === kind && tableOfChange(change) === table &&
      name === ("column" in change ? change.column.name : "name" in change ? change.name : table)
    );
  const extended = [...wanted.tables.values()].map((table): Table => {
    const now = live.tables.get(table.name);
    if (!now) return table;
    const isWide = stays("alterColumn", table.name);
    return {
      ...table,
      columns: [
        ...table.columns.map((column) => isWide(column) ? columnOf(now, column.name) : column),
        ...now.columns.filter(stays("dropColumn", table.name)),
      ],
      indexes: [...table.indexes, ...now.indexes.filter(stays("dropIndex", table.name))],
    };
  });
  const own = [...live.tables.values()].filter((table) => stays("dropTable", table.name)(table));
  return schemaOf([...extended, ...own]);
}

function repairsOf(
  { live, declared }: Comparison,
  changes: readonly Change[],
  dialect: Dialect,
): readonly Step[] {
  const schema = withAdditions({ live, wanted: declared.schema, changes });
  const target = { live, declared: { ...declared, schema, written: schema } };
  const operations = operationsBetween(target).map(({ operation }) => operation);
  return stepsOf(operations, live, dialect);
}

/** What tells revisions apart best: models leave out indexes, and may allow NULL where a migration does not. */
const TELLING: Partial<Record<Change["kind"], number>> = {
  ...{ createTable: 2, dropTable: 2, addColumn: 2, dropColumn: 2 },
  alterColumn: 1,
};

/** More than any level has of differences. */
const LEVEL = 10_000;

/**
 * How far a schema is from another: by the tables and columns that there are first, then by what columns
 * are, then by keys and indexes. What a site has added is the same distance from all. Asks no server.
 */
export function distance(live: SchemaState, wanted: SchemaState): number {
  return diff(live, wanted).reduce((sum, { kind }) => sum + LEVEL ** (TELLING[kind] ?? 0), 0);
}

/**
 * Compares a database with a schema. Changes nothing.
 *
 * @param ignore Names that nobody wants to hear of, see `withoutIgnored`.
 */
export async function driftFrom(
  connection: Connection,
  schema: SchemaState,
  ignore: readonly string[],
): Promise<Drift> {
  const wanted = { schema, written: schema, anyName: () => false };
  const comparison = await compare(connection, wanted, ignore);
  const { live, declared } = comparison;
  const changes = diff(live, declared.schema);
  const difference = { live, wanted: declared.schema, changes };
  const findings = changes.map((change) => findingOf(change, difference))
    .toSorted((left, right) => left.table < right.table ? -1 : left.table > right.table ? 1 : 0);
  const isRight = findings.every(({ harmless }) => harmless);
  const repairs = isRight ? [] : repairsOf(comparison, changes, dialects[connection.dialect]);
  return { findings, repairs };
}
