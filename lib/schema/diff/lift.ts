/**
 * Foreign keys that stay, and yet stand in the way of other changes.
 *
 * @module
 */
import type { ForeignKey, Key } from "../schema.ts";
import { sameType, type TableDifference } from "./table.ts";

/** A foreign key that stays, in the old form and in the new one. */
interface Kept {
  readonly table: string;
  readonly pair: readonly [ForeignKey, ForeignKey];
}

/** Columns whose type changes, as `table.column`. */
function retypedColumns(differences: readonly TableDifference[]): ReadonlySet<string> {
  return new Set(
    differences.flatMap(({ name, columns }) =>
      columns.altered.filter(([before, after]) => !sameType(before, after))
        .map(([column]) => `${name}.${column.name}`)
    ),
  );
}

function droppedKeys({ primaryKey, uniques, indexes }: TableDifference): readonly Key[] {
  return [
    ...(primaryKey?.[0] ? [primaryKey[0]] : []),
    ...uniques.gone,
    ...indexes.gone,
  ];
}

/**
 * The foreign keys that have to be dropped for a while: no server lets the type of their columns
 * change freely, nor a key go that they refer to.
 */
function inTheWay(differences: readonly TableDifference[]): readonly Kept[] {
  const retyped = retypedColumns(differences);
  const dropped = new Map(differences.map((one) => [one.name, droppedKeys(one)]));
  const stands = (table: string, { columns, refTable, refColumns }: ForeignKey): boolean =>
    columns.some((column) => retyped.has(`${table}.${column}`)) ||
    refColumns.some((column) => retyped.has(`${refTable}.${column}`)) ||
    (dropped.get(refTable) ?? []).some((key) =>
      refColumns.every((column) => key.columns.includes(column))
    );
  return differences.flatMap(({ name: table, foreignKeys }) =>
    foreignKeys.kept.filter(([before]) => stands(table, before)).map((pair) => ({ table, pair }))
  );
}

/** The same differences, with every foreign key that stands in the way dropped and added again. */
export function lifted(differences: readonly TableDifference[]): readonly TableDifference[] {
  const obstacles = inTheWay(differences);
  return differences.map((difference) => {
    const own = obstacles.filter(({ table }) => table === difference.name).map(({ pair }) => pair);
    const { gone, come, kept } = difference.foreignKeys;
    const foreignKeys = {
      gone: [...gone, ...own.map(([before]) => before)],
      come: [...come, ...own.map(([, after]) => after)],
      kept: kept.filter((pair) => !own.includes(pair)),
    };
    return { ...difference, foreignKeys };
  });
}
