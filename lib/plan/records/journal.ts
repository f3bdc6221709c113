/**
 * An account of who applied what, and when, in a table of the database itself. It is kept only where a
 * site wants it; a migration's row is part of its transaction, where the server has those.
 *
 * @module
 */
import { JOURNAL_TABLE } from "../../servers/reading/own_tables.ts";
import type { Server } from "../../servers/server.ts";
import { ofTable, raw, sql, type Statement } from "../../sql/statement.ts";
import {
  type Author,
  nameOf,
  type Plan,
  type PlannedMigration,
  type PlanOptions,
} from "../plan.ts";

const table = raw(JOURNAL_TABLE);

/** Nothing refers to it; texts have room for what systems call their users. */
const createTable = ({ timeType }: Server["spelling"]["journal"]): Statement =>
  raw(`CREATE TABLE IF NOT EXISTS ${JOURNAL_TABLE} (
  run VARCHAR(36) NOT NULL,
  revision VARCHAR(255) NOT NULL,
  action VARCHAR(16) NOT NULL,
  from_revision VARCHAR(255) NOT NULL,
  started_at ${timeType} NOT NULL,
  finished_at ${timeType} NULL,
  database_user VARCHAR(255) NOT NULL,
  system_user VARCHAR(255) NOT NULL,
  program VARCHAR(80) NOT NULL,
  PRIMARY KEY (run, revision)
)`);

const list = (versions: readonly string[]): string => versions.join(", ").slice(0, 255);

function begun(
  migration: PlannedMigration,
  { runId, user, program }: Author,
  { kind }: Plan,
  { spelling: { journal: { now, user: databaseUser } } }: Server,
): Statement {
  const statement =
    sql`INSERT INTO ${table} (run, revision, action, from_revision, started_at, database_user, system_user, program)
VALUES (${runId}, ${nameOf(migration)}, ${kind}, ${list(migration.from)}, ${raw(now)}, ${
      raw(databaseUser)
    }, ${user.slice(0, 255)}, ${program})`;
  return ofTable(JOURNAL_TABLE, statement);
}

const finished = (
  migration: PlannedMigration,
  { runId }: Author,
  { spelling: { journal: { now } } }: Server,
) =>
  ofTable(
    JOURNAL_TABLE,
    sql`UPDATE ${table} SET finished_at = ${raw(now)} WHERE run = ${runId} AND revision = ${
      nameOf(migration)
    }`,
  );

/** The plan that writes down, too, when each of its migrations begins and ends, where there is an author. */
export function withJournal(plan: Plan, { author }: PlanOptions, server: Server): Plan {
  if (!author || plan.migrations.length === 0) return plan;
  return {
    ...plan,
    preparation: [...plan.preparation, createTable(server.spelling.journal)],
    migrations: plan.migrations.map((one) => ({
      ...one,
      openings: [begun(one, author, plan, server)],
      records: [...one.records, finished(one, author, server)],
    })),
  };
}

/** Reads the account, oldest first; the table must exist. Times are UTC. */
export const selectJournal = ({ spelling: { journal: { asText } } }: Server): Statement =>
  ofTable(
    JOURNAL_TABLE,
    raw(`SELECT run, revision, action, from_revision, ${asText("started_at")} AS started,
  ${asText("finished_at")} AS finished, database_user, system_user, program
FROM ${JOURNAL_TABLE}
ORDER BY started_at, revision`),
  );
