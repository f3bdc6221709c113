/**
 * What statements do to others on MySQL and MariaDB.
 *
 * @module
 */
import { tableOf } from "../../schema/schema.ts";
import type { Step } from "../step.ts";
import type { Blocks, Effect, Facts, Method } from "../effect.ts";
import {
  alterationOf,
  type Cost,
  costOf,
  type DdlAlgorithm,
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
export function alteration({ changes }: Step, { version, tables }: Facts): DdlAlgorithm | null {
  const [first] = changes;
  if (!first || !isClause(first.change)) return null;
  const { table } = first.change;
  const characterBytes = tables.get(table)?.characterBytes ?? MOST_BYTES;
  const replaced = replacesPrimaryKey(changes.map(({ change }) => change));
  const costs = changes.flatMap(({ change, before }): Cost | readonly Cost[] => {
    if (!isClause(change)) return [];
    if (replaced && change.kind === "dropPrimaryKey") return "rebuild";
    return costOf(change, { before, version, characterBytes });
  });
  return alterationOf(togetherCost(costs), version, tableOf(first.before, table));
}

function altered(table: string, { algorithm, lock, cost }: DdlAlgorithm): Effect {
  const blocks: Blocks = lock === "SHARED" ? "writes" : "nothing";
  const words = `ALGORITHM=${algorithm}${lock ? `, LOCK=${lock}` : ""}`;
  return { table, lock: words, blocks, method: METHODS[cost] };
}

function effectsOf(step: Step, facts: Facts): readonly Effect[] {
  const change = step.changes[0]?.change;
  if (!change) return [];
  if (isClause(change)) return [altered(change.table, alteration(step, facts)!)];
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
  }
}

/** What each statement of a step does to tables that are there. */
export function effects(step: Step, facts: Facts): readonly (readonly Effect[])[] {
  return step.statements.map(() => effectsOf(step, facts));
}
