/**
 * Random schemas, and random changes of them that a database with rows can go through.
 *
 * @module
 */
import type { FileSchema } from "../conformance/autogenerate_schema.ts";
import { Chooser, edits, randomTable, type Schema } from "./random_edits.ts";
import { repair, respectRows } from "./random_repair.ts";

export { Chooser };

/** How many rows every table of the first schema gets. */
export const ROWS = 3;

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
