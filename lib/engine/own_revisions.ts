/**
 * Remembering a site's own migrations as they were when a database ran them, so that one that was
 * edited since is not taken for what the database has. The embedded ones never change.
 *
 * @module
 */
import { CHECKSUM_TABLE } from "../dialects/catalog.ts";
import { tableNames } from "../dialects/tables.ts";
import type { Connection } from "../drivers/connection.ts";
import { RefusedError } from "../errors.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { Revision } from "../revisions/migration.ts";
import { raw, sql, type Statement } from "../sql/statement.ts";
import { historyOf } from "./fold.ts";

const table = raw(CHECKSUM_TABLE);

const CREATE_TABLE = raw(`CREATE TABLE IF NOT EXISTS ${CHECKSUM_TABLE} (
  version_num VARCHAR(32) NOT NULL,
  checksum CHAR(64) NOT NULL,
  PRIMARY KEY (version_num)
)`);

async function isThere(connection: Connection): Promise<boolean> {
  const tables = await tableNames(connection);
  return tables.includes(CHECKSUM_TABLE);
}

/** What a database needs before it can remember these revisions: nothing for embedded ones. */
export function memoryStatements(revisions: readonly Revision[]): readonly Statement[] {
  return revisions.some(({ origin }) => origin !== undefined) ? [CREATE_TABLE] : [];
}

/** Takes down what a revision is; twice does no harm. */
export function rememberStatements({ id, origin }: Revision): readonly Statement[] {
  if (!origin) return [];
  return [
    ...forgetStatements({ id, origin }),
    sql`INSERT INTO ${table} (version_num, checksum) VALUES (${id}, ${origin.checksum})`,
  ];
}

/** Forgets a revision that is taken back. */
export function forgetStatements({ id, origin }: Pick<Revision, "id" | "origin">) {
  return origin ? [sql`DELETE FROM ${table} WHERE version_num = ${id}`] : [];
}

/**
 * Makes sure that what the database has run is what the files say now. Changes nothing.
 *
 * @param versions Rows of the version table.
 * @throws {RefusedError} When a file was edited after the database ran it; names the file.
 */
export async function refuseEdited(
  connection: Connection,
  graph: RevisionGraph<Revision>,
  versions: readonly string[],
): Promise<void> {
  const isOwn = ({ origin }: Revision) => origin !== undefined;
  if (![...graph.members.values()].some(({ node }) => isOwn(node))) return;
  if (!(await isThere(connection))) return;
  const rows = await connection.query(sql`SELECT version_num, checksum FROM ${table}`);
  const known = new Map(rows.map((row) => [String(row.version_num), String(row.checksum)]));
  for (const { id, origin } of historyOf(graph, versions).filter(isOwn)) {
    const checksum = known.get(id);
    if (checksum === undefined || checksum === origin!.checksum) continue;
    throw new RefusedError(
      `Cannot go on from revision "${id}": ${
        origin!.path
      } was edited after this database ran it; ` +
        "restore the file as it was and write what is to change as a new revision, or take it as " +
        `it is now with "stamp ${versions.length === 1 ? versions[0] : "heads"}"`,
    );
  }
}
