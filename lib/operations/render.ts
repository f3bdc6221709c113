/**
 * Operations as the source text that makes them.
 *
 * @module
 */
import { type Expression, text, texts } from "./layout.ts";
import type { Operation, OperationKind } from "./operation.ts";
import {
  alterationExpression,
  columnExpression,
  condition,
  flag,
  optionalText,
  options,
  scalar,
  tableExpression,
  uniqueExpression,
  type Words,
} from "./render_parts.ts";

/** A call, and the words of the vocabulary and of the columns that it is made of. */
export interface Rendered {
  readonly expression: Expression;
  /** What to import from `vocabulary.ts`. */
  readonly operations: ReadonlySet<string>;
  /** What to import from `columns.ts`. */
  readonly columns: ReadonlySet<string>;
}

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
  execute: ({ sql, does, writes, reads, initial = false, inBatches = false, warning }) => {
    const different = new Set(Object.values(sql));
    const each = { fields: Object.entries(sql).map(([name, one]) => [name, text(one)] as const) };
    return {
      word: "execute",
      arguments: [different.size === 1 ? text([...different][0]!) : each],
      options: [
        ["does", optionalText(does)],
        ["writes", optionalText(writes)],
        ["reads", reads && texts(reads)],
        ["initial", flag(initial)],
        ["inBatches", flag(inBatches)],
        ["warning", optionalText(warning)],
      ],
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
  const renderer: Renderers[K] = renderers[operation.kind];
  const call = renderer(operation, words);
  words.operations.add(call.word);
  const given = options([...call.options ?? [], ["only", onlyExpression(operation as Operation)]]);
  const expression = { call: call.word, arguments: [...call.arguments, ...given] };
  return { expression, ...words };
}
