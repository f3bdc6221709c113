/**
 * What a database remembers of a site's own migrations, so that one that was edited after it ran is
 * noticed. The embedded ones never change.
 *
 * @module
 */
import { CHECKSUM_TABLE } from "../../servers/reading/own_tables.ts";
import { RefusedError } from "../../errors.ts";
import type { RevisionGraph } from "../../revisions/graph/graph.ts";
import type { Revision } from "../../revisions/graph/migration.ts";
import { ofTable, raw, sql, type Statement } from "../../sql/statement.ts";
import { historyOf } from "../fold.ts";
import type { Situation } from "../plan.ts";

const table = raw(CHECKSUM_TABLE);

const CREATE_TABLE = raw(`CREATE TABLE IF NOT EXISTS ${CHECKSUM_TABLE} (
  version_num VARCHAR(32) NOT NULL,
  checksum CHAR(64) NOT NULL,
  PRIMARY KEY (version_num)
)`);

/** Reads the checksums; the table must exist. */
export const selectChecksums: Statement = ofTable(
  CHECKSUM_TABLE,
  sql`SELECT version_num, checksum FROM ${table}`,
);

/** What a database needs before it can remember these revisions: nothing for embedded ones. */
export function createRecords(revisions: readonly Revision[]): readonly Statement[] {
  return revisions.some(({ origin }) => origin !== undefined) ? [CREATE_TABLE] : [];
}

/** Records what a revision is; twice does no harm. */
export function recordStatements({ id, origin }: Revision): readonly Statement[] {
  if (!origin) return [];
  return [
    ...forgetStatements({ id, origin }),
    ofTable(
      CHECKSUM_TABLE,
      sql`INSERT INTO ${table} (version_num, checksum) VALUES (${id}, ${origin.checksum})`,
    ),
  ];
}

/** Forgets a revision that is reverted. */
export function forgetStatements(
  { id, origin }: Pick<Revision, "id" | "origin">,
): readonly Statement[] {
  return origin
    ? [ofTable(CHECKSUM_TABLE, sql`DELETE FROM ${table} WHERE version_num = ${id}`)]
    : [];
}

/**
 * Makes sure that the files of a site's own migrations are what the database has run.
 *
 * @throws {RefusedError} When a file was edited after the database ran it; names the file.
 */
export function refuseEdited(
  graph: RevisionGraph<Revision>,
  { versions, checksums }: Pick<Situation, "versions" | "checksums">,
): void {
  if (checksums.size === 0 || versions === null) return;
  for (const { id, origin } of historyOf(graph, versions)) {
    const checksum = checksums.get(id);
    if (!origin || checksum === undefined || checksum === origin.checksum) continue;
    throw new RefusedError({
      failed: `Cannot go on from revision "${id}"`,
      because: `${origin.path} was edited after this database ran it`,
      remedy:
        "restore the file and write the change as a new revision, or accept the file as it is " +
        `now with "stamp ${versions.length === 1 ? versions[0] : "heads"}"`,
    });
  }
}
