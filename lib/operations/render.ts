/**
 * Operations as the source text that makes them.
 *
 * @module
 */
import type { ColumnTest, Condition } from "../schema/change.ts";
import type { Column, Default, Scalar } from "../schema/schema.ts";
import type { ColumnType } from "../schema/types.ts";
import { type Expression, list, text, texts } from "./layout.ts";
import type {
  ColumnAlteration,
  ForeignKeySpec,
  Operation,
  OperationKind,
  TableSpec,
  UniqueSpec,
} from "./operation.ts";

/** A call, and the words of the vocabulary and of the columns that it is made of. */
export interface Rendered {
  readonly expression: Expression;
  /** What to import from `vocabulary.ts`. */
  readonly operations: ReadonlySet<string>;
  /** What to import from `columns.ts`. */
  readonly columns: ReadonlySet<string>;
}

/** Takes down what has to be imported while expressions are made. */
interface Words {
  readonly operations: Set<string>;
  readonly columns: Set<string>;
}

type Fields = readonly (readonly [string, Expression])[];

const scalar = (value: Scalar): Expression =>
  typeof value === "string" ? text(value) : JSON.stringify(value);

/** An object of those fields that are there; nothing where none is. */
function options(fields: readonly (readonly [string, Expression | undefined])[]): Expression[] {
  const given: Fields = fields.flatMap(([name, value]): Fields =>
    value === undefined ? [] : [[name, value]]
  );
  return given.length > 0 ? [{ fields: given }] : [];
}

const flag = (value: boolean): Expression | undefined => value ? "true" : undefined;

function word(name: string, words: Words): string {
  words.columns.add(name);
  return name;
}

function typeExpression(type: ColumnType, words: Words): Expression {
  if (type.kind === "other") {
    return { fields: [["kind", text("other")], ["sql", text(type.sql)]] };
  }
  if (!("length" in type)) return word(type.kind, words);
  return { call: word(type.kind, words), arguments: [String(type.length)] };
}

function defaultExpression(value: Default): Expression {
  return "sql" in value
    ? { fields: [["sql", text(value.sql)]] }
    : { fields: [["literal", scalar(value.literal)]] };
}

function columnExpression(column: Column, words: Words): Expression {
  const { name, type, nullable, default: value, autoincrement } = column;
  const written = value && "literal" in value ? scalar(value.literal) : undefined;
  return {
    call: word("column", words),
    arguments: [
      text(name),
      typeExpression(type, words),
      ...options([
        ["nullable", nullable ? undefined : "false"],
        ["default", value ? written ?? defaultExpression(value) : undefined],
        ["autoincrement", flag(autoincrement)],
      ]),
    ],
  };
}

function uniqueExpression(unique: UniqueSpec): Expression {
  if (!("columns" in unique)) return texts(unique);
  return { fields: [["name", text(unique.name)], ["columns", texts(unique.columns)]] };
}

const optionalText = (value: string | null | undefined): Expression | undefined =>
  value === undefined || value === null ? undefined : text(value);

function foreignKeyExpression(key: ForeignKeySpec): Expression {
  return options([
    ["name", optionalText(key.name)],
    ["columns", texts(key.columns)],
    ["refTable", text(key.refTable)],
    ["refColumns", texts(key.refColumns)],
    ["onDelete", optionalText(key.onDelete)],
    ["onUpdate", optionalText(key.onUpdate)],
  ])[0]!;
}

function tableExpression(spec: TableSpec, words: Words): Expression {
  const { columns, primaryKey, uniques, indexes, foreignKeys } = spec;
  const fields: Fields = [
    ["columns", list(columns.map((column) => columnExpression(column, words)), true)],
    ...(primaryKey ? [["primaryKey", texts(primaryKey)] as const] : []),
    ...(uniques ? [["uniques", list(uniques.map(uniqueExpression))] as const] : []),
    ...(indexes
      ? [
        [
          "indexes",
          {
            fields: Object.entries(indexes).map(([name, of]) => [name, texts(of)] as const),
            open: true,
          },
        ] as const,
      ]
      : []),
    ...(foreignKeys ? [["foreignKeys", list(foreignKeys.map(foreignKeyExpression))] as const] : []),
  ];
  return { fields, open: true };
}

function alterationExpression(alteration: ColumnAlteration, words: Words): Expression {
  const { type, nullable, default: value, autoincrement } = alteration;
  return options([
    ["type", type && typeExpression(type, words)],
    ["nullable", nullable === undefined ? undefined : String(nullable)],
    ["default", value === undefined ? undefined : value ? defaultExpression(value) : "null"],
    ["autoincrement", autoincrement === undefined ? undefined : String(autoincrement)],
  ])[0] ?? "{}";
}

const testWords = { null: "isNull", notNull: "isNotNull", notEmpty: "isNotEmpty" } as const;

function testExpression(test: ColumnTest, words: Words): Expression {
  if ("is" in test) {
    return { call: word(testWords[test.is], words), arguments: [text(test.column)] };
  }
  return { call: word("equals", words), arguments: [text(test.column), scalar(test.equals)] };
}

const condition = (where: Condition, words: Words): Expression =>
  list(where.map((test) => testExpression(test, words)));

/** A call's name and arguments; options that every operation takes come last. */
interface Call {
  readonly word: string;
  readonly arguments: readonly Expression[];
  readonly options?: readonly (readonly [string, Expression | undefined])[];
}

type Renderers = {
  readonly [K in OperationKind]: (operation: Operation<K>, words: Words) => Call;
};

const renderers: Renderers = {
  createTable: ({ table, spec, ifMissing }, words) => ({
    word: "createTable",
    arguments: [text(table), tableExpression(spec, words)],
    options: [["ifMissing", flag(ifMissing)]],
  }),
  dropTable: ({ table, ifExists }) => ({
    word: "dropTable",
    arguments: [text(table)],
    options: [["ifExists", flag(ifExists)]],
  }),
  addColumn: ({ table, column, fill, ifMissing }, words) => ({
    word: "addColumn",
    arguments: [text(table), columnExpression(column, words)],
    options: [["fill", fill === null ? undefined : scalar(fill)], ["ifMissing", flag(ifMissing)]],
  }),
  dropColumn: ({ table, name }) => ({ word: "dropColumn", arguments: [text(table), text(name)] }),
  alterColumn: ({ table, name, alteration }, words) => ({
    word: "alterColumn",
    arguments: [text(table), text(name), alterationExpression(alteration, words)],
  }),
  addPrimaryKey: ({ table, columns }) => ({
    word: "primaryKey",
    arguments: [text(table), texts(columns)],
  }),
  dropPrimaryKey: ({ table }) => ({ word: "dropPrimaryKey", arguments: [text(table)] }),
  addUnique: ({ table, unique }) => ({
    word: "unique",
    arguments: [text(table), uniqueExpression(unique)],
  }),
  dropUnique: ({ table, columns, name, ifExists }) => ({
    word: "dropUnique",
    arguments: [text(table), texts(columns)],
    options: [["name", optionalText(name)], ["ifExists", flag(ifExists)]],
  }),
  addIndex: ({ table, name, columns, unique }) => ({
    word: "index",
    arguments: [text(name), text(table), texts(columns)],
    options: [["unique", flag(unique)]],
  }),
  dropIndex: ({ table, name }) => ({ word: "dropIndex", arguments: [text(name), text(table)] }),
  addForeignKey: ({ table, foreignKey: key }) => ({
    word: "foreignKey",
    arguments: [text(table), texts(key.columns), text(key.refTable), texts(key.refColumns)],
    options: [
      ["name", optionalText(key.name)],
      ["onDelete", optionalText(key.onDelete)],
      ["onUpdate", optionalText(key.onUpdate)],
    ],
  }),
  dropForeignKey: ({ table, columns, name }) => ({
    word: "dropForeignKey",
    arguments: [text(table), texts(columns)],
    options: [["name", optionalText(name)]],
  }),
  updateRows: ({ table, set, where }, words) => ({
    word: "update",
    arguments: [
      text(table),
      { fields: Object.entries(set).map(([name, value]) => [name, scalar(value)] as const) },
    ],
    options: [["where", where.length > 0 ? condition(where, words) : undefined]],
  }),
  deleteRows: ({ table, where }, words) => ({
    word: "deleteRows",
    arguments: [text(table), condition(where, words)],
  }),
  execute: ({ sql, warning }) => {
    const same = new Set(Object.values(sql)).size === 1;
    const each = { fields: Object.entries(sql).map(([name, one]) => [name, text(one)] as const) };
    return {
      word: "execute",
      arguments: [same ? text(sql.postgresql) : each],
      options: [["warning", optionalText(warning)]],
    };
  },
};

function onlyExpression({ only }: Operation): Expression | undefined {
  if (only === null) return undefined;
  return only.length === 1 ? text(only[0]!) : texts(only);
}

/** The call that makes an operation. */
export function render<K extends OperationKind>(operation: Operation<K>): Rendered {
  const words: Words = { operations: new Set(), columns: new Set() };
  const renderer = renderers[operation.kind as K] as Renderers[K];
  const call = renderer(operation, words);
  words.operations.add(call.word);
  const given = options([...call.options ?? [], ["only", onlyExpression(operation as Operation)]]);
  const expression = { call: call.word, arguments: [...call.arguments, ...given] };
  return { expression, ...words };
}
