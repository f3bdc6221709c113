/**
 * Random schemas, and random changes of them that a database with rows can go through.
 *
 * @module
 */
import type { FileDefault, FileSchema, FileTable } from "../conformance/autogenerate_schema.ts";

type Column = {
  -readonly [K in keyof FileTable["columns"][number]]: FileTable["columns"][number][K];
};
type ForeignKey = {
  -readonly [K in keyof FileTable["foreignKeys"][number]]: FileTable["foreignKeys"][number][K];
};

interface Table {
  columns: Column[];
  primaryKey: string[];
  unique: { name?: string; columns: string[] }[];
  indexes: { name: string; columns: string[]; unique: boolean }[];
  foreignKeys: ForeignKey[];
}

interface Schema {
  tables: Record<string, Table>;
}

/** How many rows every table of the first schema gets. */
export const ROWS = 3;

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

const isKeyType = (type: string): boolean => KEY_TYPES.includes(type);
const isText = (type: string): boolean => !Object.hasOwn(DEFAULTS, type) || type === "text";
const same = (left: readonly string[], right: readonly string[]): boolean =>
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

function randomTable(choose: Chooser): Table {
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
  const target = choose.one(keyColumns(parent));
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

const edits: readonly Edit[] = [
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

const columnOf = (table: Table | undefined, name: string): Column | undefined =>
  table?.columns.find((column) => column.name === name);

/** Takes out what a server would refuse whatever the rows. */
function repair(schema: Schema): void {
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
function respectRows(before: Schema, after: Schema): void {
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

/** A random schema. */
export function randomSchema(choose: Chooser): FileSchema {
  const tables = Array.from(
    { length: 2 + choose.random(3) },
    () => [choose.name("t"), randomTable(choose)] as const,
  );
  const schema: Schema = { tables: Object.fromEntries(tables) };
  const additions = edits.filter(({ name }) => /^add(Unique|Index|ForeignKey)$/.test(name));
  for (let count = choose.random(8); count > 0; count--) choose.one(additions)(schema, choose);
  repair(schema);
  return schema as FileSchema;
}

/** The schema after some random changes that rows of the first one can go through. */
export function changedSchema(before: FileSchema, choose: Chooser): FileSchema {
  const schema = structuredClone(before) as Schema;
  for (let count = 1 + choose.random(6); count > 0; count--) choose.one(edits)(schema, choose);
  repair(schema);
  respectRows(before as Schema, schema);
  repair(schema);
  return schema as FileSchema;
}

/** The value that row `number` has in a column of that type. */
export function valueOf(type: string, number: number): string | number | boolean {
  if (type === "integer") return number;
  if (type === "boolean") return number % 2 === 0;
  return type === "datetime" ? `2020-01-0${number} 00:00:00` : `v${number}`;
}
