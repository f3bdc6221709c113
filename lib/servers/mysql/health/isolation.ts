/**
 * The isolation with which a session on MySQL or MariaDB begins.
 *
 * @module
 */
import { raw } from "../../../sql/statement.ts";
import type { Database } from "../../database.ts";
import type { Isolation } from "../../health.ts";
import type { Obstacle } from "../../session_rules.ts";

type Scope = "SESSION" | "GLOBAL";

type Variables = ReadonlyMap<string, string>;

// MySQL 8 dropped tx_isolation; MariaDB has transaction_isolation from 11.1 on.
const question = (scope: Scope) =>
  raw(`SHOW ${scope} VARIABLES
WHERE Variable_name IN ('transaction_isolation', 'tx_isolation', 'binlog_format', 'log_bin')`);

async function ask(database: Database, scope: Scope): Promise<Variables> {
  const rows = await database.query(question(scope));
  return new Map(rows.map((row) => [String(row.Variable_name), String(row.Value)]));
}

const levelIn = (found: Variables): string =>
  String(found.get("transaction_isolation") ?? found.get("tx_isolation")).toUpperCase()
    .replaceAll("-", " ");

const GLOBAL_REMEDY = "Run SET GLOBAL TRANSACTION ISOLATION LEVEL READ COMMITTED, set " +
  "transaction-isolation = READ-COMMITTED in the server's configuration, and restart Mistral's services";

const STATEMENT_BASED: Obstacle = {
  why: "binlog_format is STATEMENT: InnoDB refuses every write of Mistral (error 1665)",
  remedy: "Run SET GLOBAL binlog_format = 'ROW', set binlog_format = ROW (or MIXED) in the " +
    "server's configuration",
};

/** Asks for it, for what decides on it, and for the binary log, which forbids writes on some levels. */
export async function isolation(database: Database): Promise<Isolation> {
  const session = await ask(database, "SESSION");
  const global = await ask(database, "GLOBAL");
  const level = levelIn(session);
  const isStatementBased = session.get("log_bin") === "ON" &&
    session.get("binlog_format") === "STATEMENT";
  return {
    level,
    isReadCommitted: level === "READ COMMITTED",
    remedy: level === levelIn(global)
      ? GLOBAL_REMEDY
      : "Correct init_connect, which overrides the server's default isolation",
    obstacle: isStatementBased ? STATEMENT_BASED : null,
  };
}
