/**
 * Operations on their own, without a history around them.
 *
 * @module
 */
import type { Server } from "../../lib/servers/server.ts";
import type { Database } from "../../lib/servers/database.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import { stepsOf } from "../../lib/plan/fold.ts";
import { resolveAll } from "../../lib/operations/resolve.ts";
import { applyEach, schemaAfter } from "../../lib/schema/apply.ts";
import type { Change } from "../../lib/schema/change.ts";
import { emptySchema, type SchemaState } from "../../lib/schema/schema.ts";

/** The kind of a change, and of what parts it is: `add columns`, `createTable`. */
export const labelOf = (change: Change): string =>
  "part" in change ? `${change.kind} ${change.part}` : change.kind;

/** The schema after all the changes, in their order. */
export function applyAll(before: SchemaState, changes: readonly Change[]): SchemaState {
  return schemaAfter(before, applyEach(before, changes));
}

/** The schema that the operations make of the one before. */
export function folded(
  operations: readonly Operation[],
  server: Server,
  before: SchemaState = emptySchema,
): SchemaState {
  return schemaAfter(before, resolveAll(operations, before, server.rules));
}

/** The texts of all statements that the operations come to, in their order. */
export function spelled(
  operations: readonly Operation[],
  server: Server,
  before: SchemaState = emptySchema,
): readonly string[] {
  return stepsOf(operations, before, server)
    .flatMap(({ statements }) => statements)
    .map(({ parts }) => parts.join("?"));
}

/** Makes the operations in a database that has the schema `before`; gives the schema after. */
export async function make(
  connection: Database,
  operations: readonly Operation[],
  before: SchemaState = emptySchema,
): Promise<SchemaState> {
  const server = connection.server;
  const changes = resolveAll(operations, before, server.rules);
  for (const { statements } of server.spelling.compile(changes)) {
    for (const statement of statements) await connection.execute(statement);
  }
  return schemaAfter(before, changes);
}
