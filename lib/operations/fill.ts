/**
 * Filling new columns as they are added. A server keeps one value for all existing rows in its
 * catalog and touches none of them, where an UPDATE writes every row.
 *
 * @module
 */
import type { ColumnTest, Condition } from "../schema/change.ts";
import type { Scalar } from "../schema/schema.ts";
import type { Operation } from "./operation.ts";
import type { ServerRules } from "./server_rules.ts";

type Update = Operation<"updateRows">;

/** Operations that leave the values of rows as they are. */
const HARMLESS: readonly Operation["kind"][] = [
  "createTable",
  "addColumn",
  "addUnique",
  "dropUnique",
  "addIndex",
  "dropIndex",
  "addForeignKey",
  "dropForeignKey",
];

const mentions = ({ set, where }: Update, column: string): boolean =>
  column in set || where.some((test) => test.column === column);

/** Whether an operation may come between a column and the update of its rows. */
function isIndifferent(operation: Operation, { table }: Update, column: string): boolean {
  if (operation.kind === "execute") return false;
  if (HARMLESS.includes(operation.kind)) return true;
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

/** Moves the values of an update into the columns that were added before it. */
function fillFor(
  update: Update,
  earlier: Operation[],
  inCatalog: boolean,
): readonly Operation[] {
  const { set, where } = update;
  const rest: Record<string, Scalar> = {};
  const emptied: Operation[] = [];
  for (const [column, value] of Object.entries(set)) {
    const index = additionOf(column, update, earlier);
    const few = leftOut(where, column);
    const addition = earlier[index];
    const isFilled = value !== null && few !== null && addition?.kind === "addColumn" &&
      (few.length === 0 || (inCatalog && addition.column.nullable));
    if (!isFilled) {
      rest[column] = value;
      continue;
    }
    earlier[index] = { ...addition, fill: value };
    if (few.length > 0) emptied.push({ ...update, set: { [column]: null }, where: few });
  }
  return [...(Object.keys(rest).length > 0 ? [{ ...update, set: rest }] : []), ...emptied];
}

/**
 * The operations of a migration for one database, with as few rows to write as possible: an update
 * that gives a new column one value in all rows becomes the column's fill, one that gives it to most
 * rows a fill and an update of the others.
 */
export function withFills(
  operations: readonly Operation[],
  rules: Pick<ServerRules, "name" | "fillsInCatalog">,
): readonly Operation[] {
  const filled: Operation[] = [];
  for (const operation of operations) {
    if (operation.only && !operation.only.includes(rules.name)) continue;
    filled.push(
      ...(operation.kind === "updateRows"
        ? fillFor(operation, filled, rules.fillsInCatalog)
        : [operation]),
    );
  }
  return filled;
}
