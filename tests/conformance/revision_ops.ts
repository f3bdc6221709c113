/**
 * What the library answers to each kind of case, in the form of the case files.
 *
 * @module
 */

import {
  branchPoints,
  currentEntries,
  downgradeMoves,
  forks,
  history,
  mergePoints,
  offlineDowngrade,
  offlineUpgrade,
  resolve,
  resolveOne,
  type RevisionGraph,
  type RevisionMove,
  stampMoves,
  upgradeMoves,
} from "../../lib/revisions/mod.ts";

/** The arguments of a case. */
export interface Arguments {
  readonly op: string;
  readonly argument?: string;
  readonly revision?: string;
  readonly current?: readonly string[];
  readonly target?: string | null;
  readonly offline?: boolean;
  readonly range?: string | null;
  readonly indicateCurrent?: boolean;
}

/** The fields of a success. */
export type Result = Readonly<Record<string, unknown>>;

type Operation = (graph: RevisionGraph, given: Arguments) => Result;

const sorted = (values: Iterable<string>): readonly string[] => [...values].sort();

/** The operations of the case files. */
export const operations: Readonly<Record<string, Operation>> = {
  construct: ({ members }) => ({ result: sorted(members.keys()) }),
  heads: ({ heads }) => ({ result: sorted(heads) }),
  bases: ({ bases }) => ({ result: sorted(bases) }),
  realHeads: ({ realHeads }) => ({ result: sorted(realHeads) }),
  realBases: ({ realBases }) => ({ result: sorted(realBases) }),
  branchPoints: (graph) => ({ result: sorted(branchPoints(graph)) }),
  mergePoints: (graph) => ({ result: sorted(mergePoints(graph)) }),
  labels: (graph, { revision = "" }) => ({
    result: sorted(graph.members.get(revision)?.labels ?? []),
  }),
  normalizedDown: (graph, { revision = "" }) => ({
    result: sorted(graph.members.get(revision)?.down ?? []),
  }),
  resolve: (graph, { argument = "" }) => ({ result: resolve(graph, argument) }),
  resolveOne: (graph, { argument = "" }) => ({ result: resolveOne(graph, argument) }),
  upgrade: moves(upgradeMoves, offlineUpgrade),
  downgrade: moves(downgradeMoves, offlineDowngrade),
  stamp: (graph, { current = [], target = null }) => ({
    resultingHeads: stampMoves(graph, current, target).at(-1)?.headsAfter ?? sorted(current),
  }),
  history: (graph, given) => {
    const entries = history(graph, given);
    return {
      result: entries.map(({ member }) => member.id),
      lines: entries.map(({ line }) => line),
    };
  },
  branches: (graph) => ({
    result: forks(graph).map(({ line, children }) => ({
      point: line,
      children: sorted(children.map((child) => child.line)),
    })),
  }),
  current: (graph, { current = [] }) => ({
    result: sorted(currentEntries(graph, current).map(({ line }) => line)),
  }),
};

/** Moves with a database and without one. */
function moves(online: typeof upgradeMoves, offline: typeof offlineUpgrade): Operation {
  return (graph, given) => {
    const { current = [], target } = given;
    const steps = given.offline
      ? offline(graph, target ?? "").moves
      : online(graph, current, target ?? "");
    const unchanged = given.offline ? null : sorted(current);
    return { steps: steps.map(step), resultingHeads: steps.at(-1)?.headsAfter ?? unchanged };
  };
}

function step({ kind, from, to, headsAfter, log }: RevisionMove): Result {
  return { from, to: kind === "upgrade" ? to[0] : to, headsAfter, log };
}
