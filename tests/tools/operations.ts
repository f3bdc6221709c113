/**
 * Operations on their own, without a history around them.
 *
 * @module
 */
import type { Dialect } from "../../lib/dialects/dialect.ts";
import { dialects } from "../../lib/dialects/mod.ts";
import type { Connection } from "../../lib/drivers/mod.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import { resolveAll } from "../../lib/operations/resolve.ts";
import { applyAll } from "../../lib/schema/apply.ts";
import { emptySchema, type SchemaState } from "../../lib/schema/schema.ts";

/** The schema that the operations make of the one before. */
export function folded(
  operations: readonly Operation[],
  dialect: Dialect,
  before: SchemaState = emptySchema,
): SchemaState {
  return applyAll(before, resolveAll(operations, before, dialect));
}

/** The texts of all statements that the operations come to, in their order. */
export function spelled(
  operations: readonly Operation[],
  dialect: Dialect,
  before: SchemaState = emptySchema,
): readonly string[] {
  return dialect.compile(resolveAll(operations, before, dialect), before)
    .flatMap(({ statements }) => statements)
    .map(({ parts }) => parts.join("?"));
}

/** Makes the operations in a database that has the schema `before`; gives the schema after. */
export async function make(
  connection: Connection,
  operations: readonly Operation[],
  before: SchemaState = emptySchema,
): Promise<SchemaState> {
  const dialect = dialects[connection.dialect];
  const changes = resolveAll(operations, before, dialect);
  for (const { statements } of dialect.compile(changes, before)) {
    for (const statement of statements) await connection.execute(statement);
  }
  return applyAll(before, changes);
}
