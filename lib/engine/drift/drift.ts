/**
 * How the schema of a database differs from one that is wanted, and the steps that repair it.
 *
 * @module
 */
import type { Server, Step } from "../../servers/server.ts";
import type { Database } from "../../servers/database.ts";
import { stepsOf } from "../../plan/fold.ts";
import { type Change, tableOfChange } from "../../schema/change.ts";
import { describe, diff } from "../../schema/diff/mod.ts";
import { columnOf, schemaOf, type SchemaState, type Table } from "../../schema/schema.ts";
import { operationsBetween } from "./autogenerate.ts";
import { compare, type Comparison } from "./compare.ts";
import { type Later, makerOf, NOTHING_LATER } from "./later.ts";
import { additionInWords, type Difference, whyHarmless } from "./harmless.ts";

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
  /** Whether Mistral cannot work with it: a service asks for each column, and relies on each key. */
  readonly fatal: boolean;
}

/** How a database differs from a schema. */
export interface Drift {
  /** In order of table. */
  readonly findings: readonly Finding[];
  /** What repairs the findings that are not harmless, in order. */
  readonly repairs: readonly Step[];
}

const isDrop = ({ kind }: Change): boolean => kind.startsWith("drop");

/** Without these Mistral fails, or two of its services take the same lock. */
const NEEDED: readonly Change["kind"][] = [
  "createTable",
  "addColumn",
  "addPrimaryKey",
  "addUnique",
];

/** Whether Mistral's own rows are refused: they lack a column that must be filled. */
const refusesRows = ({ kind }: Change): boolean => kind === "dropColumn";

function additionOf(change: Change, difference: Difference, later: Later): Finding | null {
  const addition = additionInWords(change, difference);
  if (addition === null) return null;
  const maker = makerOf(change, later);
  const words = maker === undefined
    ? `${addition} is none of Mistral's`
    : `${addition} is made by ${maker}, which is not applied`;
  return {
    ...{ verdict: "extra", table: tableOfChange(change)!, words },
    ...{ harmless: maker === undefined, fatal: false },
  };
}

function findingOf(change: Change, difference: Difference, later: Later): Finding {
  const addition = additionOf(change, difference, later);
  if (addition !== null) return addition;
  const table = tableOfChange(change)!;
  const words = describe(change, difference.live);
  if (change.kind === "alterColumn") {
    const reason = whyHarmless(change, difference);
    const note = reason === null ? "" : `; ${reason}`;
    return {
      ...{ verdict: "different", table, words: words + note },
      ...{ harmless: reason !== null, fatal: false },
    };
  }
  const fatal = NEEDED.includes(change.kind) || refusesRows(change);
  return { verdict: isDrop(change) ? "extra" : "missing", table, words, harmless: false, fatal };
}

/** Whether it stays where the rest is repaired: nothing that may hold rows of a site is dropped. */
function mayStay(change: Change, difference: Difference): boolean {
  return findingOf(change, difference, NOTHING_LATER).harmless;
}

/** What is wanted, with all that may stay as it is. */
function withAdditions(difference: Difference): SchemaState {
  const { live, wanted, changes } = difference;
  const harmless = changes.filter((change) => mayStay(change, difference));
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
  server: Server,
): readonly Step[] {
  const schema = withAdditions({ live, wanted: declared.schema, changes });
  const target = { live, declared: { ...declared, schema, written: schema } };
  const operations = operationsBetween(target).map(({ operation }) => operation);
  return stepsOf(operations, live, server);
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
 * @param later What is no addition of a site, though the schema has it not.
 */
export async function driftFrom(
  database: Database,
  schema: SchemaState,
  ignore: readonly string[],
  later: Later = NOTHING_LATER,
): Promise<Drift> {
  const wanted = { schema, written: schema, anyName: () => false };
  const comparison = await compare(database, wanted, ignore);
  const { live, declared } = comparison;
  const changes = diff(live, declared.schema);
  const difference = { live, wanted: declared.schema, changes };
  const findings = changes.map((change) => findingOf(change, difference, later))
    .toSorted((left, right) => left.table < right.table ? -1 : left.table > right.table ? 1 : 0);
  const isRight = findings.every(({ harmless }) => harmless);
  const repairs = isRight ? [] : repairsOf(comparison, changes, database.server);
  return { findings, repairs };
}
