/**
 * What MySQL and MariaDB must be set to before they are told to change anything.
 *
 * Sources: https://mariadb.com/kb/en/server-system-variables/,
 * https://galeracluster.com/library/documentation/schema-upgrades.html
 *
 * @module
 */
import type { Database } from "../../database.ts";
import { literal } from "../sql/literals.ts";
import { join, raw, sql } from "../../../sql/statement.ts";
import { statements } from "../../step.ts";
import type { Obstacle, SessionRules } from "../../session_rules.ts";

/** A variable that must have one of some values, on a server where another one is ON. */
interface Rule {
  readonly variable: string;
  readonly values: readonly string[];
  /** A variable, or a variable of the server's status. */
  readonly where?: { readonly table: "session_variables" | "global_status"; readonly is: string };
  /** What would happen otherwise. */
  readonly otherwise: string;
}

const RULES: readonly Rule[] = [
  {
    variable: "default_storage_engine",
    values: ["InnoDB"],
    otherwise: "new tables would have no foreign keys and no transactions",
  },
  {
    variable: "enforce_storage_engine",
    values: ["", "InnoDB"],
    otherwise: "new tables would have no foreign keys and no transactions",
  },
  {
    variable: "sql_log_bin",
    values: ["ON"],
    where: { table: "session_variables", is: "log_bin" },
    otherwise: "replicas would not get the changes",
  },
  {
    variable: "wsrep_on",
    values: ["ON"],
    where: { table: "global_status", is: "wsrep_connected" },
    otherwise: "the other nodes of the cluster would not get the changes",
  },
  {
    variable: "wsrep_osu_method",
    values: ["TOI"],
    otherwise: "the other nodes of the cluster would not get the changes",
  },
];

/** Runs the statement whose text an expression gives. */
const prepared = (expression: string): readonly string[] => [
  `SET @setting = ${expression}`,
  "PREPARE setting FROM @setting",
  "EXECUTE setting",
  "DEALLOCATE PREPARE setting",
];

/** Runs a query on the schema in which the server lists its variables. */
const preparedFor = (query: string): readonly string[] =>
  prepared(`REPLACE(
  ${literal(query)},
  '{schema}',
  IF(VERSION() LIKE '%MariaDB%', 'information_schema', 'performance_schema')
)`);

/** Only servers that can be nodes of a Galera cluster have the variable. */
const TOTAL_ORDER: readonly string[] = [
  ...preparedFor(`SELECT COUNT(*) INTO @found
FROM {schema}.session_variables
WHERE LOWER(variable_name) = 'wsrep_osu_method'`),
  ...prepared("IF(@found = 0, 'DO 0', 'SET SESSION wsrep_OSU_method = ''TOI''')"),
];

/** The words in which a script asks for a variable that has none of its values. */
function broken({ variable, values, where }: Rule): string {
  const listed = values.map(literal).join(", ");
  const is = `LOWER(v.variable_name) = '${variable}' AND v.variable_value NOT IN (${listed})`;
  if (!where) return `(${is})`;
  return `(${is} AND EXISTS (
    SELECT 1 FROM {schema}.${where.table} o
    WHERE LOWER(o.variable_name) = '${where.is}' AND o.variable_value = 'ON'
  ))`;
}

/** Puts the name of a variable that does not fit, or NULL, into `@found`. */
export const FIND_BROKEN_RULE: readonly string[] = preparedFor(
  `SELECT LOWER(MIN(v.variable_name)) INTO @found
FROM {schema}.session_variables v
WHERE ${RULES.map(broken).join("\n  OR ")}`,
);

const NAMES = RULES.flatMap(({ variable, where }) => where ? [variable, where.is] : [variable]);

const VARIABLES = raw(`SHOW SESSION VARIABLES WHERE Variable_name IN (${NAMES.map(literal)})`);

const STATUS = raw("SHOW GLOBAL STATUS LIKE 'wsrep_connected'");

async function obstacle(database: Database): Promise<Obstacle | null> {
  const rows = [...await database.query(VARIABLES), ...await database.query(STATUS)];
  const found = new Map(
    rows.map((row) => [String(row.Variable_name).toLowerCase(), String(row.Value)]),
  );
  const fits = ({ variable, values, where }: Rule): boolean => {
    const value = found.get(variable)?.toLowerCase();
    if (value === undefined || (where && found.get(where.is) !== "ON")) return true;
    return values.some((one) => one.toLowerCase() === value);
  };
  const rule = RULES.find((one) => !fits(one));
  if (!rule) return null;
  const { variable, values, otherwise } = rule;
  return {
    why: `${variable} is ${found.get(variable)}, so that ${otherwise}`,
    remedy: `set ${variable} = ${values.at(-1)}, or look for it in init_connect`,
  };
}

/** The server takes a foreign key of, or to, a table of another engine, and forgets it. */
async function tablesObstacle(
  database: Database,
  tables: readonly string[],
): Promise<Obstacle | null> {
  if (tables.length === 0) return null;
  const rows = await database.query(
    sql`SELECT table_name AS name, engine AS engine FROM information_schema.tables
WHERE table_schema = DATABASE() AND engine <> 'InnoDB'
  AND table_name IN (${join(tables.map((name) => sql`${name}`))})
ORDER BY table_name`,
  );
  if (rows.length === 0) return null;
  const named = rows.map(({ name, engine }) => `${name} (${engine})`).join(", ");
  const [are, each] = rows.length === 1 ? ["is", "it"] : ["are", "each of them"];
  return {
    why: `${named} ${are} not in InnoDB, so foreign keys and transactions have no effect there`,
    remedy:
      `run ALTER TABLE ${rows[0]!.name} ENGINE=InnoDB${rows.length > 1 ? ` for ${each}` : ""}, ` +
      'and then "verify"',
  };
}

/**
 * InnoDB refuses every write at READ COMMITTED where statements are logged as text (error 1665). Without
 * a strict mode, texts are cut off and long keys are made of prefixes.
 */
export const session: SessionRules = Object.freeze({
  settings: statements(
    "SET SESSION autocommit = 1, SESSION sql_safe_updates = 0, SESSION foreign_key_checks = 1,\n" +
      "  SESSION unique_checks = 1, SESSION default_storage_engine = InnoDB",
    "SET SESSION sql_mode = CONCAT(@@SESSION.sql_mode, ',STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION')",
    "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
    ...TOTAL_ORDER,
  ),
  obstacle,
  tablesObstacle,
});
