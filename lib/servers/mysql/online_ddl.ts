/**
 * How cheaply MySQL and MariaDB make each clause of an ALTER TABLE:
 * https://dev.mysql.com/doc/refman/8.4/en/innodb-online-ddl-operations.html and
 * https://mariadb.com/kb/en/innodb-online-ddl-overview/, as the servers were found to behave.
 *
 * @module
 */
import type { Change, SchemaChangeKind } from "../../schema/change.ts";
import { handle, type Handlers } from "../../schema/handlers.ts";
import type { Column, SchemaState, Table } from "../../schema/schema.ts";
import { columnBefore, isAtLeast, type ServerVersion } from "../effect.ts";
import { typeText } from "./sql/types.ts";

/** The costs of clauses, from cheap to expensive. */
const COSTS = ["instant", "instantColumn", "dropKey", "addKey", "rebuild", "copy"] as const;

/** The cost of a clause. An instant column is so only beside other instant clauses. */
export type Cost = typeof COSTS[number];

/** The ALGORITHM and the LOCK that a server takes, and refuses to go below. */
export interface DdlAlgorithm {
  readonly algorithm: "INSTANT" | "NOCOPY" | "INPLACE" | "COPY";
  /** INSTANT takes no LOCK by name. */
  readonly lock: "NONE" | "SHARED" | null;
  readonly cost: Cost;
}

/** How long a length byte lasts: a VARCHAR that may have more bytes has two of them. */
const ONE_BYTE = 255;

function isWidened(from: Column["type"], to: Column["type"], characterBytes: number): boolean {
  if (from.kind !== "string" || to.kind !== "string" || to.length < from.length) return false;
  return from.length * characterBytes > ONE_BYTE || to.length * characterBytes <= ONE_BYTE;
}

/** The schema and server that a clause runs on. */
export interface Surroundings {
  readonly before: SchemaState;
  readonly version: ServerVersion;
  readonly characterBytes: number;
}

function alteredColumn(
  change: Change<"alter">,
  { before, version, characterBytes }: Surroundings,
): Cost {
  const [now, column] = [columnBefore(change, before), change.item];
  const isSameType = typeText(now.type) === typeText(column.type);
  if (now.autoincrement !== column.autoincrement) return "copy";
  if (!isSameType && !isWidened(now.type, column.type, characterBytes)) return "copy";
  if (now.nullable !== column.nullable) return "rebuild";
  // MySQL makes it in place without touching a row, MariaDB at once.
  return isSameType || version.product === "MariaDB" ? "instant" : "dropKey";
}

function addedColumn({ default: value, autoincrement }: Column, version: ServerVersion): Cost {
  if (autoincrement) return "copy";
  if (value && "sql" in value) return "copy";
  const since = version.product === "MariaDB" ? [10, 3] : [8, 0, 12];
  return isAtLeast(version, since) ? "instantColumn" : "rebuild";
}

function droppedColumn(version: ServerVersion): Cost {
  const since = version.product === "MariaDB" ? [10, 4] : [8, 0, 29];
  return isAtLeast(version, since) ? "instantColumn" : "rebuild";
}

/** The kinds of changes that are clauses of an ALTER TABLE. */
export type ClauseKind = Exclude<SchemaChangeKind, "createTable" | "dropTable">;

const costs: Handlers<[Surroundings], Cost, ClauseKind> = {
  add: {
    columns: ({ item }, { version }) => addedColumn(item, version),
    uniques: () => "addKey",
    indexes: ({ item }) => item.implicit ? "instant" : "addKey",
    // In place only for who turns the check of rows off.
    foreignKeys: () => "copy",
  },
  alter: alteredColumn,
  drop: {
    columns: (_, { version }) => droppedColumn(version),
    uniques: () => "dropKey",
    indexes: () => "dropKey",
    foreignKeys: () => "dropKey",
  },
  addPrimaryKey: () => "rebuild",
  dropPrimaryKey: () => "copy",
};

/** Whether a change is a clause of an ALTER TABLE. */
export const isClause = (change: Change): change is Change<ClauseKind> => change.kind in costs;

/** What one clause needs. */
export const costOf = (clause: Change<ClauseKind>, surroundings: Surroundings): Cost =>
  handle(costs, clause, surroundings);

/** What clauses in one statement need together. */
export function togetherCost(costs: readonly Cost[]): Cost {
  const most = COSTS[Math.max(0, ...costs.map((cost) => COSTS.indexOf(cost)))]!;
  const isMixed = costs.includes("instantColumn") && most !== "instantColumn";
  return isMixed && most !== "copy" ? "rebuild" : most;
}

/** A key that goes as another comes in its place is no less cheap than either alone. */
export function replacesPrimaryKey(changes: readonly Change[]): boolean {
  return ["dropPrimaryKey", "addPrimaryKey"].every((kind) =>
    changes.some((change) => change.kind === kind)
  );
}

/**
 * MariaDB keeps what others write meanwhile and adds it to the copy, but not where rows can change because
 * those that they refer to do: https://jira.mariadb.org/browse/MDEV-16329
 */
function copiesOnline(
  version: ServerVersion,
  { foreignKeys }: Pick<Table, "foreignKeys">,
): boolean {
  const follows = foreignKeys.some(({ onDelete, onUpdate }) =>
    onDelete !== "NO ACTION" || onUpdate !== "NO ACTION"
  );
  return version.product === "MariaDB" && isAtLeast(version, [11, 2]) && !follows;
}

/** How the server makes an ALTER TABLE of that cost on that table. */
export function alterationOf(
  cost: Cost,
  version: ServerVersion,
  table: Pick<Table, "foreignKeys">,
): DdlAlgorithm {
  const { product } = version;
  if (cost === "copy") {
    return { algorithm: "COPY", lock: copiesOnline(version, table) ? "NONE" : "SHARED", cost };
  }
  if (cost === "instant" || cost === "instantColumn") {
    return { algorithm: "INSTANT", lock: null, cost };
  }
  const isKey = cost === "addKey" || cost === "dropKey";
  const algorithm = isKey && product === "MariaDB" ? "NOCOPY" : "INPLACE";
  return { algorithm, lock: "NONE", cost };
}
