/** The names that we say a server makes up are those that it makes up. */
import assert from "node:assert/strict";
import { dialects } from "../tools/dialects.ts";
import { quote as quoteMysql } from "../../lib/servers/mysql/sql/quote.ts";
import { quote as quotePostgresql } from "../../lib/servers/postgresql/sql/compile.ts";
import { columnList, type Quote } from "../../lib/servers/shared/spelling.ts";
import type { Database } from "../../lib/servers/database.ts";
import { DatabaseError, OperatorError } from "../../lib/errors.ts";
import { column, integer } from "../../lib/operations/columns.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import {
  createTable,
  dropForeignKey,
  dropIndex,
  dropUnique,
  foreignKey,
  index,
  unique,
} from "../../lib/operations/vocabulary.ts";
import { canonical } from "../../lib/schema/compare.ts";
import { emptySchema, type SchemaState, tableOf } from "../../lib/schema/schema.ts";
import { raw } from "../../lib/sql/statement.ts";
import { databaseTest } from "../tools/databases.ts";
import { folded } from "../tools/operations.ts";
import { randomFrom, seedOf } from "../tools/random.ts";
import { liveSchema } from "../tools/migrations.ts";

const quotes = { postgresql: quotePostgresql, mysql: quoteMysql };

type Server = keyof typeof quotes;

/** The operation as SQL that leaves every name that it can to the server. */
function unnamed(operation: Operation, before: SchemaState, server: Server): readonly string[] {
  const quote = quotes[server];
  const list = (columns: readonly string[]) => columnList(columns, quote);
  const reference = (columns: readonly string[], table: string, to: readonly string[]) =>
    `FOREIGN KEY ${list(columns)} REFERENCES ${quote(table)} ${list(to)}`;
  switch (operation.kind) {
    case "createTable": {
      const { columns, primaryKey, uniques = [], foreignKeys = [] } = operation.spec;
      const lines = [
        ...columns.map(({ name }) => `${quote(name)} INTEGER`),
        ...(primaryKey ? [`PRIMARY KEY ${list(primaryKey)}`] : []),
        ...uniques.map((key) => `UNIQUE ${list("columns" in key ? key.columns : key)}`),
        ...foreignKeys.map((key) => reference(key.columns, key.refTable, key.refColumns)),
      ];
      return [`CREATE TABLE ${quote(operation.table)} (${lines.join(", ")})`];
    }
    case "addUnique": {
      const columns = operation.unique as readonly string[];
      return [`ALTER TABLE ${quote(operation.table)} ADD UNIQUE ${list(columns)}`];
    }
    case "addForeignKey": {
      const { columns, refTable, refColumns } = operation.foreignKey;
      return [
        `ALTER TABLE ${quote(operation.table)} ADD ${reference(columns, refTable, refColumns)}`,
      ];
    }
    default:
      return [spelledByUs(operation, before, quote, server)];
  }
}

const DROP_KEY = { postgresql: "DROP CONSTRAINT", mysql: "DROP KEY" };
const DROP_FOREIGN_KEY = { postgresql: "DROP CONSTRAINT", mysql: "DROP FOREIGN KEY" };

/** What has no name of the server's making. */
function spelledByUs(
  operation: Operation,
  before: SchemaState,
  quote: Quote,
  server: Server,
): string {
  if (operation.kind === "addIndex") {
    const { name, table, columns } = operation;
    return `CREATE INDEX ${quote(name)} ON ${quote(table)} ${columnList(columns, quote)}`;
  }
  if (operation.kind === "dropIndex") {
    const on = server === "mysql" ? ` ON ${quote(operation.table)}` : "";
    return `DROP INDEX ${quote(operation.name)}${on}`;
  }
  assert.ok(operation.kind === "dropUnique" || operation.kind === "dropForeignKey");
  const [list, drop] = operation.kind === "dropUnique"
    ? ["uniques", DROP_KEY] as const
    : ["foreignKeys", DROP_FOREIGN_KEY] as const;
  const found = tableOf(before, operation.table)[list]
    .find(({ columns }) => columns.join() === operation.columns.join())!;
  return `ALTER TABLE ${quote(operation.table)} ${drop[server]} ${quote(found.name)}`;
}

/** A name that an author chooses must be free; only names of the server's own find another way. */
function isTaken(name: string, schema: SchemaState): boolean {
  return [...schema.tables.values()].flatMap(({ uniques, indexes }) => [...uniques, ...indexes])
    .some((key) => key.name === name);
}

/** Makes the operations both ways; what the server may refuse, such as a needed index, is left out. */
async function assertSame(
  connection: Database,
  operations: readonly Operation[],
  refusals: readonly string[] = [],
): Promise<void> {
  const server = connection.server.rules.dialect as Server;
  const done: string[] = [];
  let schema = emptySchema;
  for (const operation of operations) {
    if (operation.kind === "addIndex" && isTaken(operation.name, schema)) continue;
    let after: SchemaState;
    try {
      after = folded([operation], dialects[server], schema);
    } catch (error) {
      assert.ok(error instanceof OperatorError, String(error));
      continue;
    }
    try {
      for (const text of unnamed(operation, schema, server)) {
        done.push(text);
        await connection.execute(raw(text));
      }
    } catch (error) {
      const known = error instanceof DatabaseError && refusals.includes(error.code);
      if (!known) throw new Error(`${(error as Error).message}\n${done.join("\n")}`);
      done.push("-- refused");
      continue;
    }
    schema = after;
  }
  assert.deepEqual(await liveSchema(connection), canonical(schema), done.join("\n"));
}

const LONG = "a_column_whose_name_is_as_long_as_a_name_of_a_column_can_be_x";
const MULTIBYTE = "größenänderungsgeschwindigkeitsüberwachungsmaßnahmen_ä";
const COLUMNS = ["a", "a_2", "b", "A2", MULTIBYTE, LONG];
const TABLES = ["t", "T_2", LONG.slice(0, 56), MULTIBYTE];

const integers = (names: readonly string[]) =>
  names.map((name) => column(name, integer, { nullable: name !== "id" }));

const parent = createTable("parent", { columns: integers(["id"]), primaryKey: ["id"] });

/** Operations that a seed chooses, on one table that has most of its names from them. */
function randomOperations(seed: number): readonly Operation[] {
  const random = randomFrom(seed);
  const pick = <T>(from: readonly T[]): T => from[random(from.length)]!;
  const some = () => [...new Set([pick(COLUMNS), pick(COLUMNS)].slice(0, 1 + random(2)))];
  const distinct = (
    lists: readonly string[][],
  ) => [...new Map(lists.map((list) => [list.join(), list])).values()];
  const table = pick(TABLES);
  const key = () => ({ columns: [pick(COLUMNS)], refTable: "parent", refColumns: ["id"] });
  const indexName = () =>
    pick(["i", "a", "b_2", "a_2", "t_a_key", "t_b_fkey", "t_a_b_key1", "T_2_a_key"]);
  const choices: readonly (() => Operation)[] = [
    () => unique(table, some()),
    () => unique(table, some()),
    () => foreignKey(table, key().columns, "parent", ["id"]),
    () => foreignKey(table, key().columns, "parent", ["id"]),
    () => index(indexName(), table, some()),
    () => dropIndex(indexName(), table),
    () => dropUnique(table, some()),
    () => dropForeignKey(table, key().columns),
  ];
  const made = createTable(table, {
    columns: integers(["id", ...COLUMNS]),
    primaryKey: ["id"],
    uniques: distinct(Array.from({ length: random(4) }, some)),
    foreignKeys: Array.from({ length: random(3) }, key),
  });
  return [parent, made, ...Array.from({ length: 4 + random(9) }, () => pick(choices)())];
}

const CASES = 60;

databaseTest("names of PostgreSQL, chosen at random", async (_t, database) => {
  await using connection = await database.connect();
  const first = seedOf("TEST_SEED");
  for (let seed = first; seed < first + CASES; seed++) {
    await connection.execute(raw("BEGIN"));
    await assertSame(connection, randomOperations(seed)).catch((error) => {
      throw new Error(`TEST_SEED=${seed}: ${error.message}`);
    });
    await connection.execute(raw("ROLLBACK"));
  }
}, { dialects: ["postgresql"] });

/** An index is needed in a foreign key constraint; an identifier is too long. */
const REFUSALS = ["1553", "1059"];

databaseTest("names of MySQL, chosen at random", async (_t, database) => {
  await using connection = await database.connect();
  const first = seedOf("TEST_SEED");
  for (let seed = first; seed < first + CASES; seed++) {
    await assertSame(connection, randomOperations(seed), REFUSALS).catch((error) => {
      throw new Error(`TEST_SEED=${seed}: ${error.message}`);
    });
    const made = await connection.query(raw("SHOW TABLES"));
    const tables = made.map((row) => quoteMysql(String(Object.values(row)[0])));
    await connection.execute(raw("SET foreign_key_checks = 0"));
    await connection.execute(raw(`DROP TABLE ${tables.join(", ")}`));
    await connection.execute(raw("SET foreign_key_checks = 1"));
  }
}, { dialects: ["mysql"] });
