/**
 * Comparing a database with the schema that the revisions it is at make: what is missing, different or
 * extra, and the statements that repair it.
 *
 * @module
 */
import type { Dialect } from "../dialects/dialect.ts";
import { dialects } from "../dialects/mod.ts";
import type { Connection } from "../drivers/connection.ts";
import { OperatorError } from "../errors.ts";
import { fold, historyOf, stepsOf } from "../plan/fold.ts";
import { inOneLine } from "../printable.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { Revision } from "../revisions/migration.ts";
import { type Change, tableOfChange } from "../schema/change.ts";
import { describe, diff } from "../schema/diff/mod.ts";
import { columnOf, schemaOf, type SchemaState, type Table, tableOf } from "../schema/schema.ts";
import type { ColumnType } from "../schema/types.ts";
import { columnsInWords } from "../schema/words.ts";
import type { Statement } from "../sql/statement.ts";
import { operationsBetween } from "./autogenerate.ts";
import { compare, type Comparison } from "./compare.ts";
import { readSituation } from "./situation.ts";

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

/** How a database compares with the revisions that it is at. */
export interface Verification {
  /** The revisions that the database is at. */
  readonly revisions: readonly string[];
  /** In order of table. */
  readonly findings: readonly Finding[];
  /** What repairs the findings that are not harmless, in order. */
  readonly repairs: readonly Statement[];
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

/** What a site may have added: it is in nobody's way. Null where something else is wrong. */
function additionInWords(change: Change, live: SchemaState): string | null {
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
      if (index.unique) return null;
      const columns = columnsInWords(index.columns);
      return `index "${change.name}" ${columns} of table "${change.table}" is none of Mistral's`;
    }
    default:
      return null;
  }
}

const isDrop = ({ kind }: Change): boolean => kind.startsWith("drop");

function findingOf(change: Change, live: SchemaState): Finding {
  const table = tableOfChange(change)!;
  const addition = additionInWords(change, live);
  if (addition !== null) {
    return { verdict: "extra", table, words: inOneLine(addition), harmless: true };
  }
  const words = describe(change, live);
  if (change.kind === "alterColumn") {
    const harmless = isWider(change, live);
    const note = harmless ? "; it only has more room, as after CONVERT TO CHARACTER SET" : "";
    return { verdict: "different", table, words: words + note, harmless };
  }
  return { verdict: isDrop(change) ? "extra" : "missing", table, words, harmless: false };
}

/** What is wanted, with all that may stay as it is. */
function withAdditions(
  wanted: SchemaState,
  live: SchemaState,
  changes: readonly Change[],
): SchemaState {
  const harmless = changes.filter((change) => findingOf(change, live).harmless);
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
): readonly Statement[] {
  const schema = withAdditions(declared.schema, live, changes);
  const target = { live, declared: { ...declared, schema, written: schema } };
  const operations = operationsBetween(target).map(({ operation }) => operation);
  return stepsOf(operations, live, dialect).flatMap(({ statements }) => statements);
}

/** The refusal of a database of which nobody knows what it should be. */
export const withoutRevision = (): OperatorError =>
  new OperatorError(
    "Cannot verify the database: no row in alembic_version tells which revision it is at",
  );

/**
 * Compares a database with the schema that its revisions make. Changes nothing.
 *
 * @param ignore Names that nobody wants to hear of, see `withoutIgnored`.
 * @throws {OperatorError} When the database has no version row.
 * @throws {RefusedError} When it is at a revision that is not known.
 */
export async function verify(
  connection: Connection,
  graph: RevisionGraph<Revision>,
  ignore: readonly string[] = [],
): Promise<Verification> {
  const dialect = dialects[connection.dialect];
  const { versions } = await readSituation(connection, dialect, () => false);
  if (versions === null || versions.length === 0) {
    throw withoutRevision();
  }
  const schema = fold(historyOf(graph, versions), dialect);
  const wanted = { schema, written: schema, anyName: () => false };
  const comparison = await compare(connection, wanted, ignore);
  const { live, declared } = comparison;
  const changes = diff(live, declared.schema);
  const findings = changes.map((change) => findingOf(change, live))
    .toSorted((left, right) => left.table < right.table ? -1 : left.table > right.table ? 1 : 0);
  const isRight = findings.every(({ harmless }) => harmless);
  return {
    revisions: versions,
    findings,
    repairs: isRight ? [] : repairsOf(comparison, changes, dialect),
  };
}
