/**
 * What statements do to others on SQLite: whoever writes locks the whole file for other writers, and
 * for readers too while it commits: https://www.sqlite.org/lockingv3.html
 *
 * @module
 */
import { isOfRows, tableOfChange } from "../../schema/change.ts";
import type { Part } from "../../schema/part.ts";
import type { Step } from "../step.ts";
import type { Effect, Facts, Method } from "../effect.ts";
import { needsRebuild } from "./sql/compile.ts";

function methodOf({ changes }: Step, index: number): Method {
  const adds = (part: Part) =>
    changes.some(({ change }) => change.kind === "add" && change.part === part);
  if (changes.some(needsRebuild)) return "copy";
  // The values of a new column are the second statement.
  if (adds("columns")) return index === 0 ? "instant" : "rows";
  if (changes.some(({ change }) => isOfRows(change))) return "rows";
  return adds("indexes") ? "scan" : "instant";
}

/** What each statement of a step does to tables that are there. */
export function effects(step: Step, _facts: Facts): readonly (readonly Effect[])[] {
  const change = step.changes[0]?.change;
  const table = change && change.kind !== "createTable" ? tableOfChange(change) : null;
  if (!table) return step.statements.map(() => []);
  return step.statements.map((_, index): readonly Effect[] => [
    { table, lock: "RESERVED (file)", blocks: "writes", method: methodOf(step, index) },
  ]);
}
