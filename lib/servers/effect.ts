/**
 * What a statement does to whoever uses the database meanwhile. Each dialect has a table of it for
 * its servers, and a test compares every line with what the server really does.
 *
 * @module
 */
import type { Change } from "../schema/change.ts";
import { type Column, columnOf, type SchemaState, tableOf } from "../schema/schema.ts";

/** What others cannot do with the table meanwhile. */
export type Blocks = "nothing" | "the same rows" | "writes" | "reads and writes";

/**
 * How a server makes a change: without a look at the rows, by reading them all, by writing them all
 * anew while others go on or wait, or by changing rows one by one.
 */
export type Method = "instant" | "scan" | "rebuild" | "copy" | "rows";

/** The effect of a statement on one existing table. */
export interface Effect {
  /** The table. */
  readonly table: string;
  /** What the server calls it, such as `ACCESS EXCLUSIVE` or `ALGORITHM=COPY, LOCK=SHARED`. */
  readonly lock: string;
  /** What others cannot do with the table meanwhile. */
  readonly blocks: Blocks;
  /** How it is made. */
  readonly method: Method;
}

/** Which server it is, and of which version. */
export interface ServerVersion {
  /** Who makes it. */
  readonly product: string;
  /** Such as `[10, 11, 6]`. */
  readonly version: readonly [number, number, number];
}

/** What the catalog tells of a table; null for what it does not. */
export interface TableFacts {
  /** Roughly how many rows it has. */
  readonly rows: number | null;
  /** How much room it and its indexes take. */
  readonly bytes: number | null;
  /** The most bytes that one of its characters takes. */
  readonly characterBytes: number;
}

/** What must be known of a server and its tables to say what statements do to them. */
export interface Facts {
  /** The server. */
  readonly version: ServerVersion;
  /** By name. */
  readonly tables: ReadonlyMap<string, TableFacts>;
  /** Whether the server is a node of a Galera cluster. */
  readonly cluster: boolean;
}

/** Whether a server is at least this version. */
export function isAtLeast({ version }: ServerVersion, wanted: readonly number[]): boolean {
  const first = wanted.findIndex((number, index) => number !== version[index]);
  return first === -1 || version[first]! > wanted[first]!;
}

/** The form of a column before it is altered. */
export function columnBefore({ table, item }: Change<"alter">, before: SchemaState): Column {
  return columnOf(tableOf(before, table), item.name);
}

/** The tables that a table refers to, itself left out. */
export function referredTables(before: SchemaState, table: string): readonly string[] {
  const keys = before.tables.get(table)?.foreignKeys ?? [];
  return [...new Set(keys.map(({ refTable }) => refTable))].filter((name) => name !== table);
}

/** The tables, itself left out, that a table that is created will refer to. */
export function newReferences({ table }: Change<"createTable">): readonly string[] {
  return [...new Set(table.foreignKeys.map(({ refTable }) => refTable))]
    .filter((name) => name !== table.name);
}
