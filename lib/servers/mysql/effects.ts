/**
 * What statements do to others on MySQL and MariaDB.
 *
 * @module
 */
import { tableOf } from "../../schema/schema.ts";
import type { Step } from "../server.ts";
import type { Blocks, Effect, Facts, Method } from "../effect.ts";
import {
  type Alteration,
  alterationOf,
  type Cost,
  costOf,
  isClause,
  replacesPrimaryKey,
  togetherCost,
} from "./online_ddl.ts";

/** What utf8mb4, the widest of all, comes to. */
const MOST_BYTES = 4;

const METHODS: Readonly<Record<Cost, Method>> = {
  instant: "instant",
  instantColumn: "instant",
  dropKey: "instant",
  addKey: "scan",
  rebuild: "rebuild",
  copy: "copy",
};

/** What the server takes for the ALTER TABLE of a step, at the least; null where it is none. */
export function alteration(
  { changes }: Step,
  { version: server, tables }: Facts,
): Alteration | null {
  const clauses = changes.filter(isClause);
  if (clauses.length === 0) return null;
  const bytes = tables.get(clauses[0]!.change.table)?.characterBytes ?? MOST_BYTES;
  const replaced = replacesPrimaryKey(clauses.map(({ change }) => change));
  const costs = clauses.map((clause) =>
    replaced && clause.change.kind === "dropPrimaryKey" ? "rebuild" : costOf(clause, server, bytes)
  );
  const { change: { table }, before } = clauses[0]!;
  return alterationOf(togetherCost(costs), server, tableOf(before, table));
}

function altered(table: string, { algorithm, lock, cost }: Alteration): Effect {
  const blocks: Blocks = lock === "SHARED" ? "writes" : "nothing";
  const words = `ALGORITHM=${algorithm}${lock ? `, LOCK=${lock}` : ""}`;
  return { table, lock: words, blocks, method: METHODS[cost] };
}

function effectsOf(step: Step, facts: Facts): readonly Effect[] {
  const change = step.changes[0]?.change;
  if (!change) return [];
  switch (change.kind) {
    case "createTable":
      return [];
    case "dropTable":
      return [
        { table: change.table, lock: "metadata", blocks: "reads and writes", method: "instant" },
      ];
    case "updateRows":
    case "deleteRows":
      return [{ table: change.table, lock: "rows", blocks: "the same rows", method: "rows" }];
    case "execute":
      return change.writes
        ? [{ table: change.writes, lock: "rows", blocks: "the same rows", method: "rows" }]
        : [];
    default:
      return [altered(change.table, alteration(step, facts)!)];
  }
}

/** What each statement of a step does to tables that are there. */
export function effects(step: Step, facts: Facts): readonly (readonly Effect[])[] {
  return step.statements.map(() => effectsOf(step, facts));
}
