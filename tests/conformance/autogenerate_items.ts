/**
 * Changes in the form in which the case files list differences.
 *
 * @module
 */
import { dialects } from "../tools/dialects.ts";
import type { Declared } from "../../lib/operations/declare.ts";
import type { Change, SchemaChange, SchemaChangeKind } from "../../lib/schema/change.ts";
import { sameType } from "../../lib/schema/diff/mod.ts";
import { handle, type Handlers } from "../../lib/schema/handlers.ts";
import { findPart } from "../../lib/schema/part.ts";
import {
  type Column,
  columnOf,
  type ForeignKey,
  type ReferentialAction,
  sameColumns,
  type SchemaState,
  tableOf,
} from "../../lib/schema/schema.ts";
import type { DialectName } from "../../lib/sql/dialect_name.ts";
import { type FileDefault, typeOf } from "./autogenerate_schema.ts";

/** One difference of a file. */
export interface Item {
  readonly kind: string;
  readonly table: string;
  readonly [field: string]: unknown;
}

/** What comparing needs to know. */
export interface Setting {
  readonly dialect: DialectName;
  readonly from: SchemaState;
  readonly declared: Declared;
}

type Fields = Readonly<Record<string, unknown>>;

function item(kind: string, table: string, fields: Fields = {}): Item {
  return { kind, table, ...fields };
}

/** MariaDB does not tell a unique index from a unique constraint. */
const dropKey = ({ dialect }: Setting, kind: "dropIndex" | "dropUnique"): string =>
  dialect === "mysql" ? "dropIndex" : kind;

const defaultItem = (value: Column["default"]): unknown =>
  value === null ? null : "sql" in value ? { sql: value.sql } : String(value.literal);

const written = (table: string, column: Column, { declared }: Setting): Column =>
  columnOf(tableOf(declared.written, table), column.name);

function addKey(table: string, { name, columns, unique }: {
  readonly name: string;
  readonly columns: readonly string[];
  readonly unique: boolean;
}, { declared }: Setting): Item {
  const isIndex = declared.written.tables.get(table)!.indexes.some((index) => index.name === name);
  return isIndex
    ? item("addIndex", table, { name, columns, unique })
    : item("addUnique", table, { name: declared.anyName(table, name) ? null : name, columns });
}

function foreignKeyFields(key: ForeignKey, name: string | null): Fields {
  const { columns, refTable, refColumns, onDelete } = key;
  return { name, columns, refTable, refColumns, onDelete };
}

function alterations(
  { table, item: column }: Change<"alter">,
  setting: Setting,
): readonly Item[] {
  const before = columnOf(tableOf(setting.from, table), column.name);
  const to = written(table, column, setting);
  const items: Item[] = [];
  const add = (kind: string, from: unknown, to: unknown) =>
    items.push(item(kind, table, { column: column.name, from, to }));
  if (!sameType(before, column)) add("alterType", before.type, column.type);
  if (before.nullable !== column.nullable) add("alterNullable", before.nullable, column.nullable);
  if (JSON.stringify(before.default) !== JSON.stringify(column.default)) {
    add("alterDefault", before.default !== null, defaultItem(to.default));
  }
  return items;
}

const itemsOf: Handlers<[Setting], readonly Item[], SchemaChangeKind> = {
  createTable: ({ table }, setting) => [
    item("addTable", table.name),
    ...table.uniques.map((key) => addKey(table.name, { ...key, unique: true }, setting))
      .filter(({ kind }) => kind === "addIndex"),
    ...table.indexes.filter(({ implicit }) => !implicit)
      .map((index) => addKey(table.name, index, setting)),
  ],
  dropTable: ({ table }) => [item("dropTable", table)],
  add: {
    columns: ({ table, item: column }, setting) => {
      const value = defaultItem(written(table, column, setting).default);
      const { name, type, nullable } = column;
      return [
        item("addColumn", table, {
          column: name,
          type,
          nullable,
          ...(value === null ? {} : { default: value }),
        }),
      ];
    },
    uniques: ({ table, item }, setting) => [addKey(table, { ...item, unique: true }, setting)],
    indexes: ({ table, item }, setting) => [addKey(table, item, setting)],
    foreignKeys: ({ table, item: key }, { from, declared }) =>
      from.tables.has(table)
        ? [
          item(
            "addForeignKey",
            table,
            foreignKeyFields(key, declared.anyName(table, key.name) ? null : key.name),
          ),
        ]
        : [],
  },
  alter: alterations,
  drop: {
    columns: ({ table, name }, { from }) => {
      const { type, nullable } = columnOf(tableOf(from, table), name);
      return [item("dropColumn", table, { column: name, type, nullable })];
    },
    uniques: ({ table, name }, setting) => {
      const { columns } = findPart(tableOf(setting.from, table), "uniques", name)!;
      return [item(dropKey(setting, "dropUnique"), table, { name, columns })];
    },
    indexes: ({ table, name }, setting) => {
      const index = findPart(tableOf(setting.from, table), "indexes", name)!;
      // An index that the server made for a foreign key is part of it.
      if (index.implicit) return [];
      return [item("dropIndex", table, { name, columns: index.columns })];
    },
    foreignKeys: ({ table, name }, { from, declared }) => {
      if (!declared.schema.tables.has(table)) return [];
      const key = findPart(tableOf(from, table), "foreignKeys", name)!;
      return [item("dropForeignKey", table, foreignKeyFields(key, name))];
    },
  },
  // One difference a table, see `primaryKeys`.
  addPrimaryKey: () => [],
  dropPrimaryKey: () => [],
};

function primaryKeys(changes: readonly Change[], setting: Setting): readonly Item[] {
  const tables = new Set(
    changes.flatMap((change) =>
      change.kind === "addPrimaryKey" || change.kind === "dropPrimaryKey" ? [change.table] : []
    ),
  );
  const columns = (schema: SchemaState, table: string) =>
    tableOf(schema, table).primaryKey?.columns ?? [];
  return [...tables].map((table) =>
    item("alterPrimaryKey", table, {
      from: columns(setting.from, table),
      to: columns(setting.declared.schema, table),
    })
  );
}

/** A foreign key that goes and one that comes, and that are the same but for the name. */
function renames(items: readonly Item[]): readonly Item[] {
  const rest = new Set(items);
  const renamed: Item[] = [];
  const alike = ({ kind: _, name: __, ...left }: Item, { kind: ___, name: ____, ...right }: Item) =>
    JSON.stringify(left) === JSON.stringify(right);
  for (const gone of items.filter(({ kind }) => kind === "dropForeignKey")) {
    const come = [...rest].find((one) => one.kind === "addForeignKey" && alike(gone, one));
    if (!come) continue;
    rest.delete(gone);
    rest.delete(come);
    renamed.push(item("renameForeignKey", gone.table, { from: gone.name, to: come.name }));
  }
  return [...rest, ...renamed];
}

/** The differences that changes come to. */
export function itemsOfChanges(
  changes: readonly SchemaChange[],
  setting: Setting,
): readonly Item[] {
  const items = changes.flatMap((change) => handle(itemsOf, change, setting));
  return [...renames(items), ...primaryKeys(changes, setting)];
}

/** A type as the server keeps it, from the file's form or from ours. */
function storedType(type: unknown, { dialect }: Setting): unknown {
  return typeof type === "string" ? dialects[dialect].rules.storedType(typeOf(type)) : type;
}

/**
 * A difference of a file in the form of ours: types and actions as the server keeps them, the old
 * default only as being there or not.
 */
export function normalized(written: Item, setting: Setting): Item {
  const { unique, onDelete, type, ...rest } = written;
  const fields: Record<string, unknown> = { ...rest };
  if (type !== undefined) fields.type = storedType(type, setting);
  if (written.kind === "addIndex") fields.unique = unique;
  if ("onDelete" in written) {
    const action = (onDelete ?? "NO ACTION") as ReferentialAction;
    fields.onDelete = dialects[setting.dialect].rules.storedAction(action);
  }
  if (written.kind === "alterType") {
    fields.from = storedType(written.from, setting);
    fields.to = storedType(written.to, setting);
  }
  if (written.kind === "alterDefault") fields.from = written.from !== null;
  if (written.kind === "dropUnique") fields.kind = dropKey(setting, "dropUnique");
  if (written.kind === "addColumn" && written.default === null) delete fields.default;
  return fields as Item;
}

/** A dropped table's keys, which some lists have and some have not. */
export function isPartOfDroppedTable({ kind, table, name, columns }: Item, setting: Setting) {
  if (kind !== "dropIndex" && kind !== "dropUnique") return false;
  if (setting.declared.schema.tables.has(table)) return false;
  const { uniques, indexes } = tableOf(setting.from, table);
  return [...uniques, ...indexes].some((key) =>
    key.name === name && sameColumns(key.columns, columns as readonly string[])
  );
}

export type { FileDefault };
