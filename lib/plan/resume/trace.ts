/**
 * What a migration does, change by change, and what the schema is after each.
 *
 * @module
 */
import type { Operation } from "../../operations/operation.ts";
import { intended, settle, withoutFill } from "../../operations/resolve.ts";
import type { ServerRules } from "../../operations/server_rules.ts";
import { type AppliedChange, schemaAfter } from "../../schema/apply.ts";
import type { Change } from "../../schema/change.ts";
import type { SchemaState } from "../../schema/schema.ts";

/** A change as it was meant, and where it stands in the migration. */
export interface NumberedChange {
  readonly change: Change;
  /** The number of the state that it leaves. */
  readonly number: number;
}

/** The changes of a migration, and its states. */
export interface Trace {
  readonly numbered: readonly NumberedChange[];
  /** The schema before the migration, and after each of the changes. */
  readonly states: readonly SchemaState[];
  /** The same, with all that the server needs first or does by itself. */
  readonly applied: readonly AppliedChange[];
}

/** The next changes, depending on the schema so far. */
export type Source = (schema: SchemaState) => readonly Change[];

/** An operation as a part of a trace. */
export const sourceOf = (operation: Operation, rules: ServerRules): Source => (schema) =>
  intended(operation, schema, rules);

/**
 * The trace that begins at a schema.
 *
 * @throws {Misfit} When a change does not fit the schema before it.
 */
export function traceOf(
  sources: readonly Source[],
  before: SchemaState,
  rules: ServerRules,
): Trace {
  const states = [before];
  const numbered: NumberedChange[] = [];
  const applied: AppliedChange[] = [];
  for (const source of sources) {
    for (const change of source(states.at(-1)!).flatMap((one) => withoutFill(one, rules))) {
      const made = settle([change], states.at(-1)!, rules);
      applied.push(...made);
      states.push(schemaAfter(states.at(-1)!, made));
      numbered.push({ change, number: states.length - 1 });
    }
  }
  return { numbered, states, applied };
}
