/**
 * A schema as a set of objects, each in a form that can be compared.
 *
 * @module
 */
import { canonical } from "../../schema/compare.ts";
import { type Part, PART_NOUNS, partKey, PARTS } from "../../schema/part.ts";
import { schemaOf, type SchemaState, type Table } from "../../schema/schema.ts";
import { isOfSchema, tableOfChange } from "../../schema/change.ts";
import type { Trace } from "./trace.ts";

/** Objects by key: tables, and the parts of those that are not replaced. */
export type Objects = ReadonlyMap<string, string>;

/** Which objects a migration is about. */
export interface Scope {
  /** The tables that it makes, changes or drops. */
  readonly tables: ReadonlySet<string>;
  /** Those that it drops and makes: each is one object, whatever is in it. */
  readonly replaced: ReadonlySet<string>;
  /** The parts that these tables have at any time. */
  readonly parts: ReadonlySet<string>;
}

/** A table without the indexes that the server makes by itself: they come and go with others. */
const explicit = (table: Table): Table => ({
  ...table,
  indexes: table.indexes.filter(({ implicit }) => !implicit),
});

const keysIn = (table: Table): readonly string[] =>
  PARTS.flatMap((part) => table[part].map(({ name }) => partKey(table.name, part, name)));

/** The tables and objects that a trace concerns. */
export function scopeOf({ numbered, states }: Trace): Scope {
  const changes = numbered.map(({ change }) => change);
  const named = (kind: "createTable" | "dropTable") =>
    new Set(
      changes.filter(isOfSchema).flatMap((one) => one.kind === kind ? tableOfChange(one) : []),
    );
  const all = states.flatMap(({ tables }) => [...tables.values()]);
  return {
    tables: new Set(changes.flatMap((change) => tableOfChange(change) ?? [])),
    replaced: named("createTable").intersection(named("dropTable")),
    parts: new Set(all.map(explicit).flatMap(keysIn)),
  };
}

/** The table without what the migration does not know, such as what a site has added. */
function known(table: Table, { parts }: Scope): Table {
  const lists = PARTS.map((part) => [
    part,
    (table[part] as readonly { readonly name: string }[])
      .filter(({ name }) => parts.has(partKey(table.name, part, name))),
  ]);
  return { ...table, ...Object.fromEntries(lists) };
}

/** The objects of a state of a migration. */
export const momentOf = ({ tables }: SchemaState, scope: Scope): Objects =>
  objectsOf(schemaOf([...tables.values()].map(explicit)), scope);

/** The objects of a schema that a migration is about. */
export function objectsOf(schema: SchemaState, scope: Scope): Objects {
  const objects = new Map<string, string>();
  const touched = [...schema.tables.values()].filter(({ name }) => scope.tables.has(name));
  for (const table of canonical(schemaOf(touched.map((one) => known(one, scope))))) {
    const { name, primaryKey } = table;
    objects.set(name, scope.replaced.has(name) ? JSON.stringify(table) : "");
    if (scope.replaced.has(name)) continue;
    objects.set(partKey(name, "primaryKey", ""), JSON.stringify(primaryKey));
    for (const part of PARTS) {
      for (const item of table[part]) {
        objects.set(partKey(name, part, item.name), JSON.stringify(item));
      }
    }
  }
  return objects;
}

/** An object by its key, in words. */
export function objectInWords(key: string): string {
  const [table, part, name] = key.split(".");
  if (part === undefined) return `table "${table}"`;
  const object = part === "primaryKey"
    ? "the primary key"
    : `${PART_NOUNS[part as Part]} "${name}"`;
  return `${object} of table "${table}"`;
}
