/**
 * A schema that is declared by operations on an empty database.
 *
 * @module
 */
import { schemaAfter } from "../schema/apply.ts";
import type { AnyName } from "../schema/diff/mod.ts";
import { Misfit } from "../schema/misfit.ts";
import { emptySchema, type SchemaState } from "../schema/schema.ts";
import type { Operation } from "./operation.ts";
import { resolve, resolveAll } from "./resolve.ts";
import type { Names, ServerRules } from "./server_rules.ts";

/** A schema as it was declared for one server. */
export interface Declared {
  /** What the server makes of it. */
  readonly schema: SchemaState;
  /** The same with the types, defaults and actions as written, which the server may not keep apart. */
  readonly written: SchemaState;
  /** Tells the names that were left to the server, so that any other does as well. */
  readonly anyName: AnyName;
}

const keyOf = (table: string, name: string): string => JSON.stringify([table, name]);

/** The names of a server, each one told of when it is made up. */
function recorded(names: Names, record: (table: string, name: string) => void): Names {
  const recording = (table: string, name: string): string => {
    record(table, name);
    return name;
  };
  return {
    primaryKey: (schema, table) => recording(table, names.primaryKey(schema, table)),
    unique: (schema, table, columns) => recording(table, names.unique(schema, table, columns)),
    foreignKey: (schema, table, columns) =>
      recording(table, names.foreignKey(schema, table, columns)),
  };
}

/** Rules that keep everything as it was written. */
function verbatim(rules: ServerRules): ServerRules {
  return {
    ...rules,
    storedType: (type) => type,
    storedDefault: (value) => value,
    storedAction: (action) => action,
    uniqueIndexIsConstraint: false,
  };
}

/** Goes on where it can: an operation for what is there already, or is gone, does nothing. */
function extended(
  schema: SchemaState,
  operations: readonly Operation[],
  rules: ServerRules,
): SchemaState {
  return operations.reduce((state, operation) => {
    try {
      return schemaAfter(state, resolve(operation, state, rules));
    } catch (error) {
      if (error instanceof Misfit) return state;
      throw error;
    }
  }, schema);
}

/**
 * The schema that operations declare.
 *
 * @param additions Operations after those, which may repair what a server has and the declaration
 * has not; those that do not fit the declaration are passed over.
 * @throws {Misfit} When the declaration contradicts itself.
 */
export function declare(
  operations: readonly Operation[],
  rules: ServerRules,
  additions: readonly Operation[] = [],
): Declared {
  const madeUp = new Set<string>();
  const names = recorded(rules.names, (table, name) => madeUp.add(keyOf(table, name)));
  const fold = (own: ServerRules) =>
    extended(
      schemaAfter(emptySchema, resolveAll(operations, emptySchema, own)),
      additions,
      own,
    );
  return {
    schema: fold({ ...rules, names }),
    written: fold(verbatim(rules)),
    anyName: (table, name) => madeUp.has(keyOf(table, name)),
  };
}
