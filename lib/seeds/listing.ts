/**
 * The embedded seeds, release by release.
 *
 * @module
 */
import type { DefinitionKind } from "../definitions/definition.ts";
import { appliedAt } from "../plan/fold.ts";
import type { RevisionGraph } from "../revisions/graph/graph.ts";
import type { Revision } from "../revisions/graph/migration.ts";
import { RELEASES } from "../revisions/target/releases.ts";
import { embeddedSeeds } from "./embedded.ts";

/** A seed as some releases register it. */
export interface ListedSeed {
  /** Whether it is an action or a workflow. */
  readonly kind: DefinitionKind;
  /** Its name. */
  readonly name: string;
  /** Its input: names, with defaults if there are any. */
  readonly inputs: readonly string[];
  /** The series that register it in this form, oldest first. */
  readonly releases: readonly string[];
}

/** All embedded seeds by kind and name; once for each form in which releases have it. */
export function listSeeds(graph: RevisionGraph<Revision>): readonly ListedSeed[] {
  const all = RELEASES.flatMap(({ series, head }) => {
    const applied = appliedAt(graph, [head]);
    return embeddedSeeds(applied).map(({ kind, name, inputs }) => ({ kind, name, inputs, series }));
  });
  const ways = Map.groupBy(all, ({ kind, name, inputs }) => [kind, name, ...inputs].join("\n"));
  return [...ways.values()].map((same) => {
    const { kind, name, inputs } = same[0]!;
    return { kind, name, inputs, releases: same.map(({ series }) => series) };
  }).toSorted((left, right) => compare(left.kind, right.kind) || compare(left.name, right.name));
}

const compare = (left: string, right: string): number =>
  Number(left > right) - Number(left < right);
