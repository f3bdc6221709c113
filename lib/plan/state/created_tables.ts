/**
 * Which tables migrations rely on being absent.
 *
 * @module
 */
import { ENGINE_TABLES } from "../../servers/reading/own_tables.ts";
import type { KnownTables } from "../../servers/catalog.ts";
import type { RevisionGraph } from "../../revisions/graph/graph.ts";
import type { Revision } from "../../revisions/graph/migration.ts";
import { historyOf } from "../fold.ts";

/** Tables that the migrations create without asking whether they exist, in that order. */
export function createdTables(revisions: readonly Revision[]): readonly string[] {
  const operations = revisions.flatMap(({ upgrade }) => upgrade);
  const created = operations.flatMap((one) =>
    one.kind === "createTable" && !one.ifMissing ? [one.table] : []
  );
  const replaced = operations.flatMap((one) =>
    one.kind === "dropTable" && one.ifExists ? [one.table] : []
  );
  return [...new Set(created)].filter((name) => !replaced.includes(name));
}

/** All tables that a history or the program itself ever has, and those with which it begins. */
export function knownTables(graph: RevisionGraph<Revision>): KnownTables {
  const created = historyOf(graph, graph.realHeads).flatMap(({ upgrade }) =>
    upgrade.flatMap((one) => one.kind === "createTable" ? [one.table] : [])
  );
  const first = createdTables(historyOf(graph, graph.realBases));
  return { all: [...new Set([...created, ...ENGINE_TABLES])], first };
}

/** Whether a database with these tables is one that the history has made, in whatever state. */
export function isMadeBy(graph: RevisionGraph<Revision>, tables: Iterable<string>): boolean {
  const created = new Set(createdTables(historyOf(graph, graph.realHeads)));
  return [...tables].some((name) => created.has(name));
}
