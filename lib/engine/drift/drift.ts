/**
 * How the schema of a database differs from one that is wanted, and the steps that repair it.
 *
 * @module
 */
import type { Server } from "../../servers/server.ts";
import type { Step } from "../../servers/step.ts";
import type { Database } from "../../servers/database.ts";
import { settle } from "../../operations/resolve.ts";
import {
  objectOf,
  type SchemaChange,
  type SchemaChangeKind,
  tableOfChange,
} from "../../schema/change.ts";
import { describe, diff, transition } from "../../schema/diff/mod.ts";
import { handle, type Handlers } from "../../schema/handlers.ts";
import { partKey } from "../../schema/part.ts";
import { schemaOf, type SchemaState, type Table } from "../../schema/schema.ts";
import { compare } from "./compare.ts";
import { type Later, makerOf, NOTHING_LATER } from "./later.ts";
import { additionInWords, type Difference, whyHarmless } from "./harmless.ts";
import { inlined } from "../../sql/literals.ts";

/** One difference between a database and its revision. */
export interface Deviation {
  /** What is wrong with something of the schema, or that it is the site's own. */
  readonly verdict: "missing" | "different" | "extra";
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
  readonly findings: readonly Deviation[];
  /** What repairs the findings that are not harmless, in order. */
  readonly repairs: readonly Step[];
}

/** What a difference is where it is neither harmless nor an addition of a site. */
interface Flaw {
  readonly verdict: Deviation["verdict"];
  readonly fatal: boolean;
  /** How well it tells revisions apart, see {@linkcode distance}. */
  readonly level: 0 | 1 | 2;
}

const flaw = (verdict: Deviation["verdict"], level: Flaw["level"], fatal = false) => (): Flaw => ({
  ...{ verdict, fatal, level },
});

/**
 * Without a table, a column or a key Mistral fails, or two of its services take the same lock; a column
 * that must be filled refuses its rows.
 */
const flaws: Handlers<[], Flaw, SchemaChangeKind> = {
  createTable: flaw("missing", 2, true),
  dropTable: flaw("extra", 2),
  add: {
    columns: flaw("missing", 2, true),
    uniques: flaw("missing", 0, true),
    indexes: flaw("missing", 0),
    foreignKeys: flaw("missing", 0),
  },
  alter: flaw("different", 1),
  drop: {
    columns: flaw("extra", 2, true),
    uniques: flaw("extra", 0),
    indexes: flaw("extra", 0),
    foreignKeys: flaw("extra", 0),
  },
  addPrimaryKey: flaw("missing", 0, true),
  dropPrimaryKey: flaw("extra", 0),
};

function additionOf(change: SchemaChange, difference: Difference, later: Later): Deviation | null {
  const addition = additionInWords(change, difference);
  if (addition === null) return null;
  const maker = makerOf(change, later);
  const words = maker === undefined
    ? `${addition} does not belong to Mistral`
    : `${addition} is made by ${maker}, which is not applied`;
  return {
    ...{ verdict: "extra", table: tableOfChange(change), words },
    ...{ harmless: maker === undefined, fatal: false },
  };
}

function findingOf(change: SchemaChange, difference: Difference, later: Later): Deviation {
  const addition = additionOf(change, difference, later);
  if (addition !== null) return addition;
  const { verdict, fatal } = handle(flaws, change);
  const reason = change.kind === "alter" ? whyHarmless(change, difference) : null;
  const note = reason === null ? "" : `; ${reason}`;
  return {
    ...{ verdict, fatal, harmless: reason !== null, table: tableOfChange(change) },
    words: describe(change, difference.live) + note,
  };
}

/** Whether it stays where the rest is repaired: nothing that may hold rows of a site is dropped. */
function mayStay(change: SchemaChange, difference: Difference): boolean {
  return findingOf(change, difference, NOTHING_LATER).harmless;
}

/** What is wanted, with all that may stay as it is. */
function withAdditions(difference: Difference): SchemaState {
  const { live, wanted, changes } = difference;
  const staying = new Set(
    changes.filter((change) => mayStay(change, difference)).map(objectOf),
  );
  const extended = [...wanted.tables.values()].map((table): Table => {
    const now = live.tables.get(table.name);
    if (!now) return table;
    const kept = <P extends "columns" | "indexes">(part: P): Table[P] =>
      now[part].filter(({ name }) => staying.has(partKey(table.name, part, name))) as Table[P];
    const columns = kept("columns");
    return {
      ...table,
      columns: [
        ...table.columns.filter(({ name }) => !columns.some((column) => column.name === name)),
        ...columns,
      ],
      indexes: [...table.indexes, ...kept("indexes")],
    };
  });
  const own = [...live.tables.values()].filter(({ name }) => staying.has(name));
  return schemaOf([...extended, ...own]);
}

function repairsOf(difference: Difference): readonly Step[] {
  const { live, server: { rules, spelling } } = difference;
  return spelling.compile(settle(transition(live, withAdditions(difference)), live, rules));
}

/** More than any level has of differences. */
const LEVEL = 10_000;

/**
 * How far a schema is from another: by the tables and columns that there are first, then by what columns
 * are, then by keys and indexes, since models leave out indexes, and may allow NULL where a migration does
 * not. What a site has added is the same distance from all. Asks no server.
 */
export function distance(live: SchemaState, wanted: SchemaState): number {
  return diff(live, wanted).reduce((sum, change) => sum + LEVEL ** handle(flaws, change).level, 0);
}

/**
 * Compares a database with a schema. Changes nothing.
 *
 * @param found What its schema is.
 * @param ignore Names to ignore, see `withoutIgnored`.
 * @param later What is no addition of a site, though the schema has it not.
 */
export async function driftFrom(
  database: Database,
  found: SchemaState,
  schema: SchemaState,
  ignore: readonly string[],
  later: Later = NOTHING_LATER,
): Promise<Drift> {
  const { live, wanted } = await compare(database, found, schema, ignore);
  const changes = diff(live, wanted);
  const difference = { live, wanted, changes, server: database.server };
  const findings = changes.map((change) => findingOf(change, difference, later))
    .toSorted((left, right) => left.table < right.table ? -1 : left.table > right.table ? 1 : 0);
  const isRight = findings.every(({ harmless }) => harmless);
  const repairs = isRight ? [] : repairsOf(difference);
  return { findings, repairs };
}

/** The statements that repair a drift, with values spelled out. */
export const repairStatements = (
  { repairs }: Drift,
  { spelling: { literal } }: Server,
): readonly string[] =>
  repairs.flatMap(({ statements }) => statements).map((one) => inlined(one, literal));
