/**
 * The embedded migrations as tests use them.
 *
 * @module
 */
import type { Database } from "../../lib/servers/database.ts";
import { fold } from "../../lib/plan/fold.ts";
import { upgrade } from "../../lib/engine/mod.ts";
import type { Revision } from "../../lib/revisions/graph/migration.ts";
import { revisionGraph } from "../../lib/revisions/graph/graph.ts";
import { canonical } from "../../lib/schema/compare.ts";
import { raw, type Row } from "../../lib/sql/statement.ts";
import { migrations } from "../../migrations/mod.ts";

/** The graph of the embedded migrations. */
export const graph = revisionGraph<Revision>(migrations);

/** The newest of them. */
export const head = migrations.at(-1)!.id;

/** A migration of a site, called `own`, after revision 002. */
export const ownAfter002 = (...upgrade: Revision["upgrade"]): Revision => ({
  id: "own",
  down: "002",
  message: "of a site",
  created: "2026-01-01T00:00:00Z",
  upgrade,
});

/** Brings a test database to a revision. */
export const upgradeTo = (connection: Database, target: string) =>
  upgrade(connection, graph, target);

/** The schema that the database has, in comparable form. */
export async function liveSchema(connection: Database) {
  return canonical(await connection.server.catalog.introspect(connection));
}

/** The schema that the fold says a database has at a revision, in comparable form. */
export function foldedSchema({ server }: Database, revision: string) {
  const last = migrations.findIndex(({ id }) => id === revision);
  return canonical(fold(migrations.slice(0, last + 1), server.rules));
}

/** The rows of a table in order of `id`. */
export function rowsOf(connection: Database, table: string): Promise<readonly Row[]> {
  return connection.query(raw(`SELECT * FROM ${table} ORDER BY id`));
}
