/**
 * What revisions make that a database has not applied: where it is there all the same, it is no addition of
 * a site, but a migration that was interrupted, or a row of alembic_version that is behind.
 *
 * @module
 */
import type { Server } from "../../servers/server.ts";
import { appliedAt, foldEach, historyOf } from "../../plan/fold.ts";
import type { RevisionGraph } from "../../revisions/graph/graph.ts";
import type { Revision } from "../../revisions/graph/migration.ts";
import { objectOf, type SchemaChange } from "../../schema/change.ts";
import { partKey, PARTS } from "../../schema/part.ts";
import type { Table } from "../../schema/schema.ts";

/** The revision that makes something, by its key. */
export type Later = ReadonlyMap<string, string>;

/** Nothing. */
export const NOTHING_LATER: Later = new Map();

const keysOf = (table: Table): readonly string[] => [
  table.name,
  ...PARTS.flatMap((part) => table[part].map(({ name }) => partKey(table.name, part, name))),
];

/** All that revisions make which are not among these, nor before them. */
export function laterThan(
  graph: RevisionGraph<Revision>,
  revisions: readonly string[],
  server: Server,
): Later {
  const applied = appliedAt(graph, revisions);
  const later = new Map<string, string>();
  for (
    const { revision: { id }, schema } of foldEach(historyOf(graph, graph.realHeads), server.rules)
  ) {
    if (applied.has(id)) continue;
    for (const one of [...schema.tables.values()].flatMap(keysOf)) {
      if (!later.has(one)) later.set(one, id);
    }
  }
  return later;
}

/** The revision that makes what a change would drop; undefined where none does. */
export const makerOf = (change: SchemaChange, later: Later): string | undefined =>
  later.get(objectOf(change));
