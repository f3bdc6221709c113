/**
 * Operations on their own, without a history around them.
 *
 * @module
 */
import type { Dialect } from "../../lib/servers/dialect.ts";
import { dialects } from "../../lib/servers/mod.ts";
import type { Connection } from "../../lib/servers/connecting/mod.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import { stepsOf } from "../../lib/plan/fold.ts";
import { resolveAll } from "../../lib/operations/resolve.ts";
import { applyEach, schemaAfter } from "../../lib/schema/apply.ts";
import type { Change } from "../../lib/schema/change.ts";
import { emptySchema, type SchemaState } from "../../lib/schema/schema.ts";

/** The schema after all the changes, in their order. */
export function applyAll(before: SchemaState, changes: readonly Change[]): SchemaState {
  return schemaAfter(before, applyEach(before, changes));
}

/** The schema that the operations make of the one before. */
export function folded(
  operations: readonly Operation[],
  dialect: Dialect,
  before: SchemaState = emptySchema,
): SchemaState {
  return schemaAfter(before, resolveAll(operations, before, dialect));
}

/** The texts of all statements that the operations come to, in their order. */
export function spelled(
  operations: readonly Operation[],
  dialect: Dialect,
  before: SchemaState = emptySchema,
): readonly string[] {
  return stepsOf(operations, before, dialect)
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
  for (const { statements } of dialect.compile(changes)) {
    for (const statement of statements) await connection.execute(statement);
  }
  return schemaAfter(before, changes);
}
