/**
 * What changed between two schemas, for a picture and in words.
 *
 * @module
 */
import type { Server } from "../servers/server.ts";
import { settle } from "../operations/resolve.ts";
import { tableOfChange } from "../schema/change.ts";
import { diff } from "../schema/diff/mod.ts";
import type { SchemaState } from "../schema/schema.ts";
import { inWords } from "../schema/words.ts";
import type { Mark, Marks } from "./dot.ts";
import type { ShownTable } from "./model.ts";

/** What changed, a line for each table. */
export function differencesInWords(
  from: SchemaState,
  to: SchemaState,
  server: Server,
): readonly string[] {
  const applied = settle(diff(from, to), from, server.rules);
  const byTable = Map.groupBy(applied, ({ change }) => tableOfChange(change));
  return [...byTable.values()].map(inWords).toSorted();
}

/** The tables of both schemas that changed, and marks of what did. */
export function changedTables(
  from: readonly ShownTable[],
  to: readonly ShownTable[],
): { readonly tables: readonly ShownTable[]; readonly marks: Marks } {
  const marks = new Map<string, Mark>();
  const tables: ShownTable[] = [];
  for (const name of new Set([...from, ...to].map((table) => table.name))) {
    const before = from.find((table) => table.name === name);
    const after = to.find((table) => table.name === name);
    if (JSON.stringify(before) === JSON.stringify(after)) continue;
    if (!before || !after) {
      marks.set(name, before ? "removed" : "added");
      tables.push((after ?? before)!);
      continue;
    }
    const gone = before.columns.filter((one) =>
      !after.columns.some((now) => now.name === one.name)
    );
    for (const column of gone) marks.set(`${name}.${column.name}`, "removed");
    for (const column of after.columns) {
      const was = before.columns.find((one) => one.name === column.name);
      if (!was) marks.set(`${name}.${column.name}`, "added");
      else if (JSON.stringify(was) !== JSON.stringify(column)) {
        marks.set(`${name}.${column.name}`, "changed");
      }
    }
    tables.push({ ...after, columns: [...after.columns, ...gone] });
  }
  return { tables, marks };
}
