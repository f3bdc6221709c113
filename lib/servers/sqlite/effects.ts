/**
 * What statements do to others on SQLite: whoever writes locks the whole file for other writers, and
 * for readers too while it commits: https://www.sqlite.org/lockingv3.html
 *
 * @module
 */
import { type Change, tableOfChange } from "../../schema/change.ts";
import type { Step } from "../server.ts";
import type { Effect, Facts, Method } from "../effect.ts";
import { needsRebuild } from "./spelling.ts";

function methodOf({ changes }: Step, index: number): Method {
  const kinds = changes.map(({ change }: { readonly change: Change }) => change.kind);
  if (changes.some(needsRebuild)) return "copy";
  // The values of a new column are the second statement.
  if (kinds.includes("addColumn")) return index === 0 ? "instant" : "rows";
  if (kinds.some((kind) => ["updateRows", "deleteRows", "execute"].includes(kind))) return "rows";
  return kinds.includes("addIndex") ? "scan" : "instant";
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
