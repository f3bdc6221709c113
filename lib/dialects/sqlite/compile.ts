/**
 * How SQLite spells changes. Its ALTER TABLE knows few of them; the others rebuild the table, once
 * for all the changes of a migration: https://www.sqlite.org/lang_altertable.html#otheralter
 *
 * @module
 */
import { OperatorError } from "../../errors.ts";
import { applyAll } from "../../schema/apply.ts";
import type { Change, ChangeKind } from "../../schema/change.ts";
import { type Column, type SchemaState, type Table, tableOf } from "../../schema/schema.ts";
import { literals } from "../../sql/literals.ts";
import { raw, type Statement } from "../../sql/statement.ts";
import { statements, type Step } from "../dialect.ts";
import {
  body,
  constraintLines,
  createIndexText,
  defaultText,
  deleteRows,
  quoteWith,
  updateRows,
} from "../spelling.ts";
import { typeText } from "./types.ts";

/** Quotes a SQLite identifier. */
export const quote = quoteWith('"');

const literal = literals.sqlite;

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

/** Kinds of changes that are about one table that is there already. */
type TableChange = Exclude<Change, Change<"createTable" | "updateRows" | "deleteRows" | "execute">>;

/** Spells a change with SQLite's own statements; null where only a rebuild can make it. */
function native(change: TableChange): readonly Statement[] | null {
  switch (change.kind) {
    case "dropTable":
      return statements(`DROP TABLE ${quote(change.table)}`);
    case "addIndex":
      return statements(createIndexText(change.table, change.index, quote));
    case "dropIndex":
      return statements(`DROP INDEX ${quote(change.name)}`);
    case "addColumn": {
      const { column, fill } = change;
      // The values of rows that are there come from a constant default or are NULL.
      const isConstant = column.default !== null && "literal" in column.default;
      if (fill !== null || !(isConstant || (column.nullable && !column.default))) return null;
      const text = columnText(column, typeText(column.type));
      return statements(`ALTER TABLE ${quote(change.table)}\n  ADD COLUMN ${text}`);
    }
    default:
      return null;
  }
}

/** Whether the steps drop a table, be it only to put a rebuilt one in its place. */
export function dropsTables(steps: readonly Step[]): boolean {
  return steps.flatMap(({ changes }) => changes).some((change) =>
    !isAlone(change) && (change.kind === "dropTable" || native(change) === null)
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
      change.kind === "addColumn" && change.fill !== null
        ? [[change.column.name, literal(change.fill)]]
        : []
    ),
  );
  const dropped = new Set(
    changes.flatMap((change) => change.kind === "dropColumn" ? [change.name] : []),
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
    ...after.unmodelled,
  );
}

function refuseLoss({ name, unkept }: Table): void {
  if (unkept.length === 0) return;
  throw new OperatorError(
    `Cannot rebuild table "${name}" to change it: SQLite would lose its ${unkept.join(", ")}, ` +
      "which Mistral never put there; make the table without that, and run the same command again",
  );
}

/** All the changes of one table that nothing stands between: native statements, or one rebuild. */
function alterTable(changes: readonly TableChange[], before: SchemaState): Step {
  const name = changes[0]!.table;
  const spelled = changes.map(native);
  if (!spelled.includes(null)) {
    return { changes, statements: spelled.flatMap((statements) => statements!) };
  }
  const [old, after] = [tableOf(before, name), tableOf(applyAll(before, changes), name)];
  refuseLoss(old);
  return { changes, statements: rebuild(old, after, changes) };
}

const alone: {
  readonly [K in "createTable" | "updateRows" | "deleteRows" | "execute"]: (
    change: Change<K>,
  ) => readonly Statement[];
} = {
  createTable,
  updateRows: (change) => [updateRows(change, quote)],
  deleteRows: (change) => [deleteRows(change, quote)],
  execute: ({ sql }) => [raw(sql)],
};

function isAlone(change: Change): change is Change<keyof typeof alone> {
  return Object.hasOwn(alone, change.kind);
}

/**
 * Gathers the changes of each table up to the next statement on rows, and spells them together.
 * Their order across tables does not matter there, since foreign keys are off.
 */
export function compile(changes: readonly Change[], before: SchemaState): readonly Step[] {
  const steps: Step[] = [];
  const open = new Map<string, TableChange[]>();
  let state = before;
  const add = (step: Step): void => {
    steps.push(step);
    state = applyAll(state, step.changes);
  };
  const close = (table: string): void => {
    const gathered = open.get(table);
    open.delete(table);
    if (gathered) add(alterTable(gathered, state));
  };
  for (const change of changes) {
    if (isAlone(change)) {
      for (const table of [...open.keys()]) close(table);
      const spell = alone[change.kind] as (change: Change<ChangeKind>) => readonly Statement[];
      add({ changes: [change], statements: spell(change) });
    } else if (change.kind === "dropTable") {
      close(change.table);
      add({ changes: [change], statements: native(change)! });
    } else {
      open.set(change.table, [...open.get(change.table) ?? [], change]);
    }
  }
  for (const table of [...open.keys()]) close(table);
  return steps;
}
