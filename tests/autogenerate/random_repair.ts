/**
 * Taking out of random schemas what no database would take.
 *
 * @module
 */
import { type Column, isKeyType, isText, same, type Schema, type Table } from "./random_edits.ts";

const columnOf = (table: Table | undefined, name: string): Column | undefined =>
  table?.columns.find((column) => column.name === name);

/** Takes out what a server would refuse whatever the rows. */
export function repair(schema: Schema): void {
  for (const table of Object.values(schema.tables)) {
    const usable = (columns: readonly string[]) =>
      columns.length > 0 && columns.every((name) => isKeyType(columnOf(table, name)?.type ?? ""));
    if (!usable(table.primaryKey)) table.primaryKey = [];
    for (const name of table.primaryKey) columnOf(table, name)!.nullable = false;
    const [first] = table.primaryKey;
    for (const column of table.columns) {
      const numbers = column.autoincrement && column.type === "integer" && !column.nullable &&
        table.primaryKey.length === 1 && first === column.name;
      if (!numbers) delete column.autoincrement;
      else delete column.default;
    }
    table.unique = table.unique.filter(({ columns }, index) =>
      usable(columns) && !same(columns, table.primaryKey) &&
      table.unique.findIndex((other) => same(other.columns, columns)) === index
    );
    table.indexes = table.indexes.filter(({ columns }) => usable(columns));
    table.indexes = table.indexes.filter(({ columns, unique }) =>
      !unique || ![...table.unique, { columns: table.primaryKey }]
        .some((other) => same(other.columns, columns))
    );
  }
  for (const table of Object.values(schema.tables)) {
    table.foreignKeys = table.foreignKeys.filter((key, index) => {
      const parent = schema.tables[key.refTable];
      const [own, target] = [
        columnOf(table, key.columns[0]!),
        columnOf(parent, key.refColumns[0]!),
      ];
      const keys = parent ? [parent.primaryKey, ...parent.unique.map((one) => one.columns)] : [];
      const isFirst = table.foreignKeys.findIndex((other) =>
        same(other.columns, key.columns)
      ) === index;
      return isFirst && own !== undefined && own.type === target?.type && isKeyType(own.type) &&
        !own.autoincrement && keys.some((columns) => same(columns, key.refColumns));
    });
    for (const key of table.foreignKeys) {
      const nullable = columnOf(table, key.columns[0]!)!.nullable;
      if (key.onDelete === "SET NULL" && !nullable) key.onDelete = "CASCADE";
    }
  }
}

/** Takes out what the rows of the first schema would not let come. */
export function respectRows(before: Schema, after: Schema): void {
  for (const [name, table] of Object.entries(after.tables)) {
    const old = before.tables[name];
    if (!old) continue;
    const isNew = (column: string) => columnOf(old, column) === undefined;
    const isAlike = (column: string) => columnOf(old, column)?.type === "boolean";
    const isDistinct = ({ columns }: { columns: readonly string[] }) => !columns.some(isAlike);
    if (table.primaryKey.some((column) => isNew(column) || isAlike(column))) table.primaryKey = [];
    table.unique = table.unique.filter(isDistinct);
    table.indexes = table.indexes.filter((index) => !index.unique || isDistinct(index));
    table.foreignKeys = table.foreignKeys.filter((key) =>
      isNew(key.columns[0]!) ||
      (before.tables[key.refTable] !== undefined &&
        columnOf(before.tables[key.refTable], key.refColumns[0]!) !== undefined &&
        isText(columnOf(old, key.columns[0]!)!.type) ===
          isText(columnOf(table, key.columns[0]!)!.type))
    );
    const keys = [
      ...table.unique,
      ...table.indexes.filter(({ unique }) => unique),
      ...table.foreignKeys,
    ];
    for (const column of keys.flatMap(({ columns }) => columns).filter(isNew)) {
      const found = columnOf(table, column)!;
      found.nullable = true;
      delete found.default;
    }
  }
}
