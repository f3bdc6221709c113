/**
 * Filling new columns as they are added. A server keeps one value for all existing rows in its
 * catalog and touches none of them, where an UPDATE writes every row.
 *
 * @module
 */
import type { ColumnTest, Condition } from "../schema/change.ts";
import type { Scalar } from "../schema/schema.ts";
import { isFor, type Operation, type OperationKind } from "./operation.ts";
import type { ServerRules } from "./server_rules.ts";

type Update = Operation<"updateRows">;

/** Whether an operation leaves the values of all rows as they are. */
const KEEPS_VALUES: Readonly<Record<OperationKind, boolean>> = {
  ...{ createTable: true, dropTable: false },
  ...{ addColumn: true, dropColumn: false, alterColumn: false },
  ...{ addPrimaryKey: false, dropPrimaryKey: false },
  ...{ addUnique: true, dropUnique: true },
  ...{ addIndex: true, dropIndex: true },
  ...{ addForeignKey: true, dropForeignKey: true },
  ...{ updateRows: false, deleteRows: false, execute: false },
};

const mentions = ({ set, where }: Update, column: string): boolean =>
  column in set || where.some((test) => test.column === column);

/** Whether an operation may come between a column and the update of its rows. */
function isIndifferent(operation: Operation, { table }: Update, column: string): boolean {
  if (operation.kind === "execute") return false;
  if (KEEPS_VALUES[operation.kind]) return true;
  if (operation.kind === "updateRows" && operation.table === table) {
    return !mentions(operation, column);
  }
  return operation.table !== table;
}

/** The operation that adds the column of an update; -1 if the rows may have another value by then. */
function additionOf(column: string, update: Update, earlier: readonly Operation[]): number {
  const added = earlier.findLastIndex((one) =>
    one.kind === "addColumn" && one.table === update.table && one.column.name === column &&
    one.fill === null && one.column.default === null && !one.ifMissing
  );
  const between = earlier.slice(added + 1);
  return between.every((one) => isIndifferent(one, update, column)) ? added : -1;
}

/** The opposites of the tests that most rows pass. */
const FEW = { notNull: "null", notEmpty: "empty" } as const;

/**
 * The rows that an update leaves out; null if they may be most of the rows, so that it is cheaper to
 * write the others.
 */
function leftOut(where: Condition, column: string): Condition | null {
  const [test, ...more] = where;
  if (test === undefined) return [];
  if (more.length > 0 || !("is" in test)) return null;
  // All rows of a new column are NULL.
  if (test.column === column) return test.is === "null" ? [] : null;
  const few = FEW[test.is as keyof typeof FEW];
  return few ? [{ column: test.column, is: few } satisfies ColumnTest] : null;
}

/** A column that an update gives one value in most rows or all, and that can be filled instead. */
interface Fillable {
  readonly column: string;
  readonly value: Scalar;
  /** Where its addition is among the earlier operations. */
  readonly index: number;
  /** The update that empties the column again in the rows that the update leaves out, if any. */
  readonly emptying: readonly Update[];
}

function fillableBy(update: Update, earlier: readonly Operation[]): readonly Fillable[] {
  return Object.entries(update.set).flatMap(([column, value]): Fillable[] => {
    const index = additionOf(column, update, earlier);
    const few = leftOut(update.where, column);
    const addition = earlier[index];
    if (value === null || few === null || addition?.kind !== "addColumn") return [];
    if (few.length === 0) return [{ column, value, index, emptying: [] }];
    const emptying = [{ ...update, set: { [column]: null }, where: few }];
    return addition.column.nullable ? [{ column, value, index, emptying }] : [];
  });
}

/** Moves the values of an update into the columns that were added before it. */
function fill(update: Update, earlier: Operation[], inCatalog: boolean): readonly Operation[] {
  const fillable = fillableBy(update, earlier)
    .filter(({ emptying }) => inCatalog || emptying.length === 0);
  for (const { index, value } of fillable) {
    const addition = earlier[index] as Operation<"addColumn">;
    earlier[index] = { ...addition, fill: value };
  }
  const filled = fillable.map(({ column }) => column);
  const rest = Object.entries(update.set).filter(([column]) => !filled.includes(column));
  return [
    ...(rest.length > 0 ? [{ ...update, set: Object.fromEntries(rest) }] : []),
    ...fillable.flatMap(({ emptying }) => emptying),
  ];
}

/**
 * The operations of a migration for one database, with as few rows to write as possible: an update
 * that gives a new column one value in all rows becomes the column's fill, one that gives it to most
 * rows a fill and an update of the others.
 */
export function withFills(
  operations: readonly Operation[],
  rules: ServerRules,
): readonly Operation[] {
  const filled: Operation[] = [];
  for (const operation of operations.filter((one) => isFor(one, rules.dialect))) {
    const replaced = operation.kind === "updateRows"
      ? fill(operation, filled, rules.fillsInCatalog)
      : [operation];
    filled.push(...replaced);
  }
  return filled;
}

/**
 * The same operations with all their updates. They give the rows the same values as the fills do,
 * also where an earlier run has filled some of the columns.
 */
export function withUpdates(
  operations: readonly Operation[],
  rules: ServerRules,
): readonly Operation[] {
  const own = operations.filter((one) => isFor(one, rules.dialect));
  return own.flatMap((operation, index): readonly Operation[] => {
    if (operation.kind !== "updateRows") return [operation];
    const fillable = fillableBy(operation, own.slice(0, index));
    return [operation, ...fillable.flatMap(({ emptying }) => emptying)];
  });
}
