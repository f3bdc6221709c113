import type { Database } from "../../servers/database.ts";
import type { DialectName } from "../../sql/dialect_name.ts";
import { raw } from "../../sql/statement.ts";
import { type Check, failure, type Finding, success, warning } from "../check.ts";

/** The isolation with which a session of Mistral's user begins, and what decides on it. */
export interface Isolation {
  readonly level: string;
  /** What to do where the level is wrong. */
  readonly remedy: string;
  /** Whether MySQL or MariaDB writes statements as text to its binary log. */
  readonly statementBased: boolean;
}

/** A level in SQL's words. */
const inWords = (level: unknown): string => String(level).toUpperCase().replaceAll("-", " ");

const quoted = (name: unknown): string => `"${String(name).replaceAll('"', '""')}"`;

// The setting can be that of the server, the database, the role, or the role in the database, which
// counts most, but for the URL's options.
const ON_POSTGRESQL = raw(`SELECT setting AS level, source AS source, current_user AS "user",
  current_database() AS database
FROM pg_settings
WHERE name = 'default_transaction_isolation'`);

async function onPostgresql(database: Database): Promise<Isolation> {
  const [row] = await database.query(ON_POSTGRESQL);
  const { level, source, user, database: name } = row!;
  const remedy = source === "client"
    ? "Remove default_transaction_isolation from the options in the URL of [database] connection"
    : `Run ALTER ROLE ${quoted(user)} IN DATABASE ${quoted(name)} ` +
      "SET default_transaction_isolation = 'read committed', and restart Mistral's services";
  return { level: inWords(level), remedy, statementBased: false };
}

// MySQL 8 dropped tx_isolation; MariaDB has transaction_isolation from 11.1 on.
const variables = (scope: "SESSION" | "GLOBAL") =>
  raw(`SHOW ${scope} VARIABLES
WHERE Variable_name IN ('transaction_isolation', 'tx_isolation', 'binlog_format', 'log_bin')`);

const READ_COMMITTED_ON_MYSQL = "SET GLOBAL TRANSACTION ISOLATION LEVEL READ COMMITTED";

async function onMysql(database: Database): Promise<Isolation> {
  const ask = async (scope: "SESSION" | "GLOBAL") =>
    new Map(
      (await database.query(variables(scope))).map((row) =>
        [String(row.Variable_name), String(row.Value)] as const
      ),
    );
  const [session, global] = [await ask("SESSION"), await ask("GLOBAL")];
  const levelIn = (found: typeof session): string =>
    inWords(found.get("transaction_isolation") ?? found.get("tx_isolation"));
  const remedy = levelIn(global) === levelIn(session)
    ? `Run ${READ_COMMITTED_ON_MYSQL}, set transaction-isolation = READ-COMMITTED in the server's ` +
      "configuration, and restart Mistral's services"
    : "Correct init_connect, which overrides the server's default isolation";
  return {
    level: levelIn(session),
    remedy,
    statementBased: session.get("log_bin") === "ON" && session.get("binlog_format") === "STATEMENT",
  };
}

const READERS: Partial<Record<DialectName, (database: Database) => Promise<Isolation>>> = {
  postgresql: onPostgresql,
  mysql: onMysql,
};

/** Asks, in a session that is as it began; null where there is nothing to set. */
export async function readIsolation(database: Database): Promise<Isolation | null> {
  return await READERS[database.server.rules.dialect]?.(database) ?? null;
}

/** PostgreSQL takes the lower level for the same. */
const FITTING: Partial<Record<DialectName, readonly string[]>> = {
  postgresql: ["READ COMMITTED", "READ UNCOMMITTED"],
  mysql: ["READ COMMITTED"],
};

const ROW_BASED =
  "Run SET GLOBAL binlog_format = 'ROW', set binlog_format = ROW (or MIXED) in the " +
  "server's configuration";

function judge({ level, remedy, statementBased }: Isolation, fits: boolean): Finding {
  if (!fits) {
    return warning(
      `The default is ${level}, but Mistral needs READ COMMITTED: otherwise 22.0.0, and 2025.1 and ` +
        "2025.2 as first released, leave workflows in RUNNING",
      // In the other order the server would refuse all that Mistral writes.
      statementBased ? `First: ${ROW_BASED}. Then: ${remedy}` : remedy,
    );
  }
  if (!statementBased) return success(`The default is ${level}`);
  return failure(
    `The default is ${level}, and binlog_format is STATEMENT: InnoDB refuses every write of Mistral ` +
      "(error 1665)",
    `${ROW_BASED}, and restart Mistral's services`,
  );
}

/**
 * Whether Mistral works with the isolation that the server gives it: Mistral's change 58c9d2b1, with the
 * release note "fix-read-committed-isolation".
 */
export const isolation: Check = {
  name: "isolation",
  title: "Transaction isolation",
  reason: "Mistral needs READ COMMITTED, and some releases take the server's default.",
  examine({ database, isolation }) {
    if (isolation === null) return null;
    return judge(isolation, FITTING[database.server.rules.dialect]!.includes(isolation.level));
  },
};
