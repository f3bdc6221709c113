/**
 * How SQLite spells changes. Its ALTER TABLE knows few of them; the others rebuild the table, once
 * for all the changes of a migration: https://www.sqlite.org/lang_altertable.html#otheralter
 *
 * @module
 */
import { OperatorError } from "../../../errors.ts";
import type { AppliedChange } from "../../../schema/apply.ts";
import { type Change, isOfRows } from "../../../schema/change.ts";
import { handle, type Handlers } from "../../../schema/handlers.ts";
import { type Column, type Table, tableOf } from "../../../schema/schema.ts";
import { literal } from "./literals.ts";
import { raw, type Statement } from "../../../sql/statement.ts";
import { statements, type Step, stepOf } from "../../step.ts";
import {
  body,
  constraintLines,
  createIndexText,
  defaultText,
  deleteRows,
  quoteWith,
  updateRows,
} from "../../shared/spelling.ts";
import { typeText } from "./types.ts";

/** Quotes a SQLite identifier. */
export const quote = quoteWith('"');

/**
 * INTEGER as the only column of a primary key would be the row id, which numbers itself; the type
 * name INT is not: https://www.sqlite.org/lang_createtable.html#rowid
 */
function declaredType(column: Column, table: Table): string {
  const isKey = table.primaryKey?.columns.join() === column.name;
  const numbersItself = !isKey || column.autoincrement || column.type.kind !== "integer";
  return numbersItself ? typeText(column.type) : "INT";
}

function columnText(column: Column, type: string): string {
  return [
    quote(column.name),
    type,
    ...(column.nullable ? [] : ["NOT NULL"]),
    ...(column.default ? [`DEFAULT ${defaultText(column.default, literal)}`] : []),
  ].join(" ");
}

function createTableText(table: Table, name = table.name): string {
  const lines = [
    ...table.columns.map((column) => columnText(column, declaredType(column, table))),
    ...constraintLines(table, quote),
  ];
  return `CREATE TABLE ${quote(name)} ${body(lines)}`;
}

function createTable({ table }: Change<"createTable">): readonly Statement[] {
  return statements(
    createTableText(table),
    ...table.indexes.map((index) => createIndexText(table.name, index, quote)),
  );
}

/**
 * ADD COLUMN: existing rows get a constant default or NULL, and nothing else. An UPDATE is cheaper
 * than a rebuild, unless another change needs one.
 */
function addColumn(
  { table, item: column, fill }: Change<"add", "columns">,
): readonly Statement[] | null {
  const isConstant = column.default !== null && "literal" in column.default;
  if (!(isConstant || (column.nullable && !column.default))) return null;
  const text = columnText(column, typeText(column.type));
  const set = { [column.name]: fill };
  return [
    raw(`ALTER TABLE ${quote(table)}\n  ADD COLUMN ${text}`),
    ...(fill === null ? [] : [updateRows({ kind: "updateRows", table, set, where: [] }, quote)]),
  ];
}

const onlyByRebuild = () => null;

/** SQLite's own statements for a change; null where only a rebuild of the table can make it. */
const compilers: Handlers<[], readonly Statement[] | null> = {
  createTable,
  dropTable: ({ table }) => statements(`DROP TABLE ${quote(table)}`),
  add: {
    columns: addColumn,
    uniques: onlyByRebuild,
    indexes: ({ table, item }) => statements(createIndexText(table, item, quote)),
    foreignKeys: onlyByRebuild,
  },
  alter: onlyByRebuild,
  drop: {
    columns: onlyByRebuild,
    uniques: onlyByRebuild,
    indexes: ({ name }) => statements(`DROP INDEX ${quote(name)}`),
    foreignKeys: onlyByRebuild,
  },
  addPrimaryKey: onlyByRebuild,
  dropPrimaryKey: onlyByRebuild,
  updateRows: (change) => [updateRows(change, quote)],
  deleteRows: (change) => [deleteRows(change, quote)],
  execute: ({ sql }) => [raw(sql)],
};

/** Whether only a rebuild of its table can make a change. */
export const needsRebuild = (applied: AppliedChange): boolean =>
  handle(compilers, applied.change) === null;

/** Whether the steps drop a table, be it only to put a rebuilt one in its place. */
export function dropsTables(steps: readonly Step[]): boolean {
  return steps.flatMap(({ changes }) => changes).some((applied) =>
    applied.change.kind === "dropTable" || needsRebuild(applied)
  );
}

/** What the copied rows get in a column: what they had there, or what the change fills in. */
function copiedColumns(
  before: Table,
  after: Table,
  changes: readonly Change[],
): [string, string][] {
  const fills = new Map(
    changes.flatMap((change) =>
      change.kind === "add" && change.part === "columns" && change.fill !== null
        ? [[change.item.name, literal(change.fill)]]
        : []
    ),
  );
  const dropped = new Set(
    changes.flatMap((change) =>
      change.kind === "drop" && change.part === "columns" ? [change.name] : []
    ),
  );
  return after.columns.flatMap(({ name }): [string, string][] => {
    const kept = before.columns.some((column) => column.name === name) && !dropped.has(name);
    if (kept) return [[quote(name), quote(name)]];
    const fill = fills.get(name);
    return fill === undefined ? [] : [[quote(name), fill]];
  });
}

/** The same table in its new form: made beside the old one, filled from it, put in its place. */
function rebuild(before: Table, after: Table, changes: readonly Change[]): readonly Statement[] {
  const temporary = quote(`_new_${after.name}`);
  const copied = copiedColumns(before, after, changes);
  const into = copied.map(([column]) => column).join(", ");
  const from = copied.map(([, expression]) => expression).join(", ");
  return statements(
    createTableText(after, `_new_${after.name}`),
    `INSERT INTO ${temporary} (${into})\nSELECT ${from}\nFROM ${quote(before.name)}`,
    `DROP TABLE ${quote(before.name)}`,
    `ALTER TABLE ${temporary} RENAME TO ${quote(after.name)}`,
    ...after.indexes.map((index) => createIndexText(after.name, index, quote)),
    ...after.madeAgainInRebuild ?? [],
  );
}

function refuseLoss({ name, lostInRebuild = [] }: Table): void {
  if (lostInRebuild.length === 0) return;
  throw new OperatorError({
    failed: `Cannot rebuild table "${name}" to change it`,
    because: `SQLite would lose its ${lostInRebuild.join(", ")}, which Mistral never put there`,
    remedy: "make the table without that, and run the same command again",
  });
}

/** All the changes of one table that nothing stands between: native statements, or one rebuild. */
function alterTable(name: string, changes: readonly AppliedChange[]): readonly Step[] {
  if (!changes.some(needsRebuild)) {
    return changes.map((applied) => stepOf([applied], handle(compilers, applied.change)!));
  }
  const [before, after] = [changes[0]!.before, changes.at(-1)!.after];
  const [old, rebuilt] = [tableOf(before, name), tableOf(after, name)];
  refuseLoss(old);
  return [stepOf(changes, rebuild(old, rebuilt, changes.map(({ change }) => change)))];
}

/**
 * Gathers the changes of each table up to the next statement on rows, and spells them together.
 * Their order across tables does not matter there, since foreign keys are off.
 */
export function compile(changes: readonly AppliedChange[]): readonly Step[] {
  const steps: Step[] = [];
  const open = new Map<string, AppliedChange[]>();
  const close = (tables: Iterable<string>): void => {
    for (const table of tables) {
      const gathered = open.get(table);
      open.delete(table);
      if (gathered) steps.push(...alterTable(table, gathered));
    }
  };
  for (const applied of changes) {
    const { change } = applied;
    if (isOfRows(change) || change.kind === "createTable" || change.kind === "dropTable") {
      // A table may be dropped as soon as it has its own form; the others, when all tables have theirs.
      close(change.kind === "dropTable" ? [change.table] : [...open.keys()]);
      steps.push(stepOf([applied], handle(compilers, change)!));
    } else {
      open.set(change.table, [...open.get(change.table) ?? [], applied]);
    }
  }
  close([...open.keys()]);
  return steps;
}
