/**
 * What populate did, or would do, as text and as JSON.
 *
 * @module
 */
import type { Notice, PopulateResult, SeedChange } from "../../../seeds/mod.ts";
import type { Json, Result } from "../../../cli/command.ts";

/** The words for a change that was made, and for one that would be. */
const VERBS: Readonly<Record<SeedChange["verb"], readonly [string, string]>> = {
  add: ["Added", "Would add"],
  change: ["Changed", "Would change"],
  remove: ["Removed", "Would remove"],
};

/** The text after the name. */
function details(change: SeedChange): string {
  switch (change.verb) {
    case "add":
      return "";
    case "change": {
      const renamed = change.before === change.name ? "" : `, so far "${change.before}"`;
      return `${renamed}: ${Object.keys(change.values).join(", ")}`;
    }
    case "remove":
      return ": it has no definition, which makes the engine's list of actions fail from 039 on";
  }
}

function changeLine(change: SeedChange, dryRun: boolean): string {
  const verb = VERBS[change.verb][dryRun ? 1 : 0];
  return `${verb} ${change.kind} "${change.name}"${details(change)}`;
}

const NOTICES: Readonly<Record<Notice["reason"], (notice: Notice) => string>> = {
  foreign: ({ kind, name, project }) =>
    `Left ${kind} "${name}" of project "${project}" as it is: it is public, and stands beside the ` +
    "standard one",
  superseded: ({ kind, name }) =>
    `Left ${kind} "${name}" as it is: it is the standard one of another release; delete it when ` +
    "nothing uses it",
};

/** `1 action and 2 workflows are`. */
function counted(seeds: readonly { readonly kind: string }[]): string {
  const counts = Map.groupBy(seeds, ({ kind }) => kind);
  const parts = [...counts].map(([kind, { length }]) =>
    `${length} ${kind}${length === 1 ? "" : "s"}`
  );
  return `${parts.join(" and ") || "nothing"} ${seeds.length > 1 ? "are" : "is"}`;
}

function summary({ changes, upToDate }: PopulateResult, dryRun: boolean): string {
  const made = changes.filter(({ verb }) => verb !== "remove");
  if (!dryRun) return `${counted(byKind([...made, ...upToDate]))} up to date`;
  const count = `${changes.length} change${changes.length === 1 ? "" : "s"}`;
  return `Nothing was written: ${count} to make, and ${counted(byKind(upToDate))} up to date`;
}

/** Actions before workflows. */
const byKind = <T extends { readonly kind: string }>(seeds: readonly T[]): readonly T[] =>
  seeds.toSorted((left, right) => Number(left.kind > right.kind) - Number(left.kind < right.kind));

function changeJson(change: SeedChange): Json {
  const { kind, name } = change;
  return {
    change: change.verb,
    kind,
    name,
    ...("before" in change ? { before: change.before } : {}),
    ...("id" in change ? { id: change.id } : {}),
    ...("values" in change ? { columns: Object.keys(change.values) } : {}),
  };
}

/** The report of populate. */
export function populateReport(result: PopulateResult, dryRun: boolean): Result {
  const { revisions, changes, notices, upToDate } = result;
  return {
    lines: [
      ...changes.map((change) => changeLine(change, dryRun)),
      ...notices.map((notice) => NOTICES[notice.reason](notice)),
      summary(result, dryRun),
    ],
    json: {
      revisions,
      dryRun,
      changes: changes.map(changeJson),
      notices: notices.map((notice) => ({ ...notice })),
      upToDate: upToDate.map((seed) => ({ ...seed })),
    },
  };
}
