/**
 * Random changes of schemas, each a small one.
 *
 * @module
 */
import type { FileDefault, FileTable } from "../conformance/autogenerate_schema.ts";

/** A column that can be changed. */
export type Column = {
  -readonly [K in keyof FileTable["columns"][number]]: FileTable["columns"][number][K];
};
/** A foreign key that can be changed. */
export type ForeignKey = {
  -readonly [K in keyof FileTable["foreignKeys"][number]]: FileTable["foreignKeys"][number][K];
};

/** A table that can be changed. */
export interface Table {
  columns: Column[];
  primaryKey: string[];
  unique: { name?: string; columns: string[] }[];
  indexes: { name: string; columns: string[]; unique: boolean }[];
  foreignKeys: ForeignKey[];
}

/** A schema that can be changed. */
export interface Schema {
  tables: Record<string, Table>;
}

/** Types of columns that can be part of keys; their values differ from row to row. */
const KEY_TYPES = ["string(20)", "string(36)", "string(64)", "integer", "datetime"];
const TYPES = [...KEY_TYPES, "char(8)", "text", "mediumtext", "longtext", "boolean"];

/** What a type can become with the values that rows have. */
const CONVERSIONS: Readonly<Record<string, readonly string[]>> = {
  "string(20)": ["string(36)", "string(64)", "text"],
  "string(36)": ["string(64)", "string(20)", "longtext"],
  "string(64)": ["string(20)", "text"],
  "char(8)": ["string(20)", "text"],
  integer: ["string(20)", "text"],
  boolean: ["integer"],
  datetime: ["string(64)"],
  text: ["mediumtext", "longtext", "string(64)"],
  mediumtext: ["longtext", "text"],
  longtext: ["text", "mediumtext"],
};

const DEFAULTS: Readonly<Record<string, readonly FileDefault[]>> = {
  integer: ["0", "7", { sql: "(3 + 4)" }],
  boolean: ["1", "0", { sql: "true" }],
  datetime: ["2020-01-01 00:00:00", { sql: "CURRENT_TIMESTAMP" }],
  text: ["it's", "", "a b  c", "100%", "ü"],
};

/** Whether columns of the type can be part of keys. */
export const isKeyType = (type: string): boolean => KEY_TYPES.includes(type);
/** Whether the type is one of texts. */
export const isText = (type: string): boolean => !Object.hasOwn(DEFAULTS, type) || type === "text";
/** Whether two lists are the same. */
export const same = (left: readonly string[], right: readonly string[]): boolean =>
  left.join("\0") === right.join("\0");

/** Makes random choices. */
export class Chooser {
  #names = 0;

  constructor(readonly random: (limit: number) => number) {}

  one<T>(values: readonly T[]): T {
    return values[this.random(values.length)]!;
  }

  often(percent: number): boolean {
    return this.random(100) < percent;
  }

  some<T>(values: readonly T[], most: number): T[] {
    const left = [...values];
    const count = Math.min(left.length, 1 + this.random(most));
    return Array.from({ length: count }, () => left.splice(this.random(left.length), 1)[0]!);
  }

  name(prefix: string): string {
    return `${prefix}${this.#names++}`;
  }
}

function randomColumn(choose: Chooser): Column {
  const type = choose.one(TYPES);
  const column: Column = { name: choose.name("c"), type, nullable: choose.often(60) };
  if (choose.often(30)) column.default = randomDefault(type, choose);
  return column;
}

function randomDefault(type: string, choose: Chooser): FileDefault {
  return choose.one(DEFAULTS[isText(type) ? "text" : type]!);
}

/** A table without keys but the primary one. */
export function randomTable(choose: Chooser): Table {
  const id: Column = { name: "id", type: choose.one(["string(36)", "integer"]), nullable: false };
  if (id.type === "integer" && choose.often(30)) id.autoincrement = true;
  return {
    columns: [id, ...Array.from({ length: 2 + choose.random(4) }, () => randomColumn(choose))],
    primaryKey: ["id"],
    unique: [],
    indexes: [],
    foreignKeys: [],
  };
}

type Edit = (schema: Schema, choose: Chooser) => void;

const anyTable = ({ tables }: Schema, choose: Chooser): [string, Table] =>
  choose.one(Object.entries(tables));

const keyColumns = ({ columns }: Table): string[] =>
  columns.filter(({ type }) => isKeyType(type)).map(({ name }) => name);

function addForeignKey(schema: Schema, choose: Chooser): void {
  const [, table] = anyTable(schema, choose);
  const [refTable, parent] = anyTable(schema, choose);
  const targets = keyColumns(parent);
  if (targets.length === 0) return;
  const target = choose.one(targets);
  const type = parent.columns.find(({ name }) => name === target)!.type;
  const fitting = table.columns.filter((one) => one.type === type && one.name !== "id");
  const column: Column = fitting.length > 0 && choose.often(50)
    ? choose.one(fitting)
    : { name: choose.name("r"), type, nullable: choose.often(70) };
  if (!table.columns.includes(column)) table.columns.push(column);
  table.foreignKeys.push({
    ...(choose.often(50) ? { name: choose.name("fk_") } : {}),
    columns: [column.name],
    refTable,
    refColumns: [target],
    onDelete: choose.one([null, "CASCADE", "SET NULL", "RESTRICT", "NO ACTION"] as const),
  });
}

/** All that can be done to a schema. */
export const edits: readonly Edit[] = [
  function addTable(schema, choose) {
    schema.tables[choose.name("t")] = randomTable(choose);
  },
  function dropTable(schema, choose) {
    const names = Object.keys(schema.tables);
    if (names.length > 1) delete schema.tables[choose.one(names)];
  },
  function addColumn(schema, choose) {
    const [, { columns }] = anyTable(schema, choose);
    columns.splice(choose.random(columns.length + 1), 0, randomColumn(choose));
  },
  function dropColumn(schema, choose) {
    const [, table] = anyTable(schema, choose);
    const name = choose.one(table.columns).name;
    if (table.columns.length > 1) table.columns = table.columns.filter((one) => one.name !== name);
  },
  function alterType(schema, choose) {
    const [name, { columns, foreignKeys }] = anyTable(schema, choose);
    const column = choose.one(columns);
    const refersTo = Object.values(schema.tables).flatMap((table) => table.foreignKeys)
      .some((key) => key.refTable === name && key.refColumns.includes(column.name));
    if (refersTo || foreignKeys.some((key) => key.columns.includes(column.name))) return;
    column.type = choose.one(CONVERSIONS[column.type]!);
    delete column.default;
  },
  /** Makes the texts longer that foreign keys stand on, at both ends. */
  function widen(schema) {
    for (const table of Object.values(schema.tables)) {
      for (const key of table.foreignKeys) {
        const column = table.columns.find(({ name }) => name === key.columns[0]);
        if (column?.type === "string(36)") widenAll(schema, "string(36)", "string(64)");
      }
    }
  },
  function alterNullable(schema, choose) {
    const column = choose.one(anyTable(schema, choose)[1].columns);
    column.nullable = !column.nullable;
  },
  function alterDefault(schema, choose) {
    const column = choose.one(anyTable(schema, choose)[1].columns);
    if (column.default !== undefined && choose.often(50)) delete column.default;
    else column.default = randomDefault(column.type, choose);
  },
  function alterAutoincrement(schema, choose) {
    const id = anyTable(schema, choose)[1].columns.find(({ name }) => name === "id");
    if (id) id.autoincrement = !id.autoincrement;
  },
  function alterPrimaryKey(schema, choose) {
    const [, table] = anyTable(schema, choose);
    table.primaryKey = choose.often(20) ? [] : choose.some(keyColumns(table), 2);
  },
  function addUnique(schema, choose) {
    const [, table] = anyTable(schema, choose);
    const columns = choose.some(keyColumns(table), 3);
    table.unique.push({ ...(choose.often(50) ? { name: choose.name("uq_") } : {}), columns });
  },
  function dropUnique(schema, choose) {
    anyTable(schema, choose)[1].unique.shift();
  },
  function alterUnique(schema, choose) {
    const [, table] = anyTable(schema, choose);
    const [key] = table.unique;
    if (key) table.unique[0] = { ...key, columns: choose.some(keyColumns(table), 3) };
  },
  function addIndex(schema, choose) {
    const [, table] = anyTable(schema, choose);
    const unique = choose.often(20);
    table.indexes.push({
      name: choose.name("ix_"),
      columns: choose.some(keyColumns(table), 3),
      unique,
    });
  },
  function dropIndex(schema, choose) {
    anyTable(schema, choose)[1].indexes.shift();
  },
  function alterIndex(schema, choose) {
    const [, table] = anyTable(schema, choose);
    const [index] = table.indexes;
    if (index) table.indexes[0] = { ...index, columns: choose.some(keyColumns(table), 2) };
  },
  addForeignKey,
  function dropForeignKey(schema, choose) {
    anyTable(schema, choose)[1].foreignKeys.shift();
  },
  function alterForeignKey(schema, choose) {
    const [key] = anyTable(schema, choose)[1].foreignKeys;
    if (key) key.onDelete = choose.one([null, "CASCADE", "SET NULL", "RESTRICT"] as const);
  },
  function renameForeignKey(schema, choose) {
    const [key] = anyTable(schema, choose)[1].foreignKeys;
    if (key) key.name = choose.name("fk_");
  },
];

function widenAll(schema: Schema, from: string, to: string): void {
  for (const column of Object.values(schema.tables).flatMap(({ columns }) => columns)) {
    if (column.type === from) column.type = to;
  }
}
