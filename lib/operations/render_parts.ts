/**
 * The parts of operations as source text: columns, tables, alterations, tests on rows.
 *
 * @module
 */
import type { ColumnTest, Condition } from "../schema/change.ts";
import type { Column, Default, Scalar } from "../schema/schema.ts";
import type { ColumnType } from "../schema/types.ts";
import { type Expression, list, text, texts } from "./layout.ts";
import type { ColumnAlteration, ForeignKeySpec, TableSpec, UniqueSpec } from "./operation.ts";

/** Takes down what has to be imported while expressions are made. */
export interface Words {
  readonly operations: Set<string>;
  readonly columns: Set<string>;
}

/** The members of an object. */
type Fields = readonly (readonly [string, Expression])[];

/** A value. */
export const scalar = (value: Scalar): Expression =>
  typeof value === "string" ? text(value) : JSON.stringify(value);

/** An object of those fields that are there; nothing where none is. */
export function options(
  fields: readonly (readonly [string, Expression | undefined])[],
): Expression[] {
  const given: Fields = fields.flatMap(([name, value]): Fields =>
    value === undefined ? [] : [[name, value]]
  );
  return given.length > 0 ? [{ fields: given }] : [];
}

/** An option that is said only where it is true. */
export const flag = (value: boolean): Expression | undefined => value ? "true" : undefined;

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

/** The call that makes a column. */
export function columnExpression(column: Column, words: Words): Expression {
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

/** A unique constraint: its columns, or with its name. */
export function uniqueExpression(unique: UniqueSpec): Expression {
  if (!("columns" in unique)) return texts(unique);
  return { fields: [["name", text(unique.name)], ["columns", texts(unique.columns)]] };
}

/** A text that is said only where there is one. */
export const optionalText = (value: string | null | undefined): Expression | undefined =>
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

/** The body of a new table. */
export function tableExpression(spec: TableSpec, words: Words): Expression {
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

/** What changes about a column. */
export function alterationExpression(alteration: ColumnAlteration, words: Words): Expression {
  const { type, nullable, default: value, autoincrement } = alteration;
  return options([
    ["type", type && typeExpression(type, words)],
    ["nullable", nullable === undefined ? undefined : String(nullable)],
    ["default", value === undefined ? undefined : value ? defaultExpression(value) : "null"],
    ["autoincrement", autoincrement === undefined ? undefined : String(autoincrement)],
  ])[0] ?? "{}";
}

const testWords = {
  null: "isNull",
  notNull: "isNotNull",
  empty: "isEmpty",
  notEmpty: "isNotEmpty",
} as const;

function testExpression(test: ColumnTest, words: Words): Expression {
  if ("is" in test) {
    return { call: word(testWords[test.is], words), arguments: [text(test.column)] };
  }
  return { call: word("equals", words), arguments: [text(test.column), scalar(test.equals)] };
}

/** Tests on rows. */
export const condition = (where: Condition, words: Words): Expression =>
  list(where.map((test) => testExpression(test, words)));
