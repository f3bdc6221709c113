/**
 * Messages about revisions. The first half is in upstream's words, since deployments and their
 * scripts match them; the second half covers cases in which upstream prints a traceback.
 *
 * @module
 */

import { RevisionError, type RevisionErrorType } from "../graph/revision_error.ts";

// --- Upstream's messages ------------------------------------------------------------------------

/** A name that matches no revision and no label. */
export function unresolved(argument: string, raw: string): RevisionError {
  const message = `Can't locate revision identified by '${argument}'`;
  return new RevisionError("ResolutionError", { message, raw, subject: [argument] });
}

/** Why a name was not found. */
export const notFound = {
  /** No revision or label starts with it; abbreviations need four characters. */
  revision: (name: string): string =>
    `No such revision or branch '${name}'` +
    (Array.from(name).length < 4
      ? "; please ensure at least four characters are present for partial revision identifier " +
        "matches"
      : ""),
  /** No label of that name. */
  branch: (name: string): string => `No such branch: '${name}'`,
  /** Several revisions or labels start with it. */
  ambiguous: (name: string, candidates: readonly string[]): string =>
    `Multiple revisions start with '${name}': ` +
    `${candidates.slice(0, 3).map((candidate) => `'${candidate}'`).join(", ")}...`,
  /** The revision exists, but not on the requested branch. */
  elsewhere: (id: string, branch: string): string =>
    `Revision ${id} is not a member of branch '${branch}'`,
} as const;

/** The message for an argument that should be one head and is several. */
export function severalHeads(argument: string): string {
  return `Multiple head revisions are present for given argument '${argument}'; please specify a ` +
    `specific target revision, '<branchname>@${argument}' to narrow to a specific head, or ` +
    `'heads' for all heads`;
}

/** The message for a stamp on several heads. */
export function severalStampHeads(): string {
  return "Multiple heads are present; please specify a single target revision";
}

/** An argument that should be one head is several. */
export function multipleHeads(argument: string, heads: readonly string[]): RevisionError {
  return new RevisionError("MultipleHeads", {
    message: severalHeads(argument),
    raw: `Multiple heads are present for given argument '${argument}'; ${heads.join(", ")}`,
    subject: [argument],
  });
}

/** The message for a range whose ends are on different branches or in the wrong order. */
export function unrelatedRange(start: string, end: string): string {
  return `Requested range ${start}:${end} does not refer to ancestor/descendant revisions along ` +
    "the same branch";
}

/** The message for a target that cannot be reached from the database's revision. */
export function unreachable(destination: string, direction: "upgrade" | "downgrade"): string {
  return `Destination ${destination} is not a valid ${direction} target from current head(s)`;
}

/** One end of a range does not come before the other. */
export function notAncestor(lower: string, upper: string): RevisionError {
  return new RevisionError("RangeNotAncestorError", {
    message: unrelatedRange(lower, upper),
    raw: `Revision ${lower} is not an ancestor of revision ${upper}`,
    subject: [lower, upper],
  });
}

const cycles = {
  CycleDetected: "Cycle",
  DependencyCycleDetected: "Dependency cycle",
  LoopDetected: "Self-loop",
  DependencyLoopDetected: "Dependency self-loop",
} as const satisfies Partial<Record<RevisionErrorType, string>>;

/** Revisions that come before themselves. */
export function cycle(type: keyof typeof cycles, ids: Iterable<string>): RevisionError {
  const message = `${cycles[type]} is detected in revisions (${[...ids].join(", ")})`;
  return new RevisionError(type, { message });
}

/** A refusal that needs no class of its own. */
function revisionError(message: string): RevisionError {
  return new RevisionError("RevisionError", { message });
}

/** A refusal by a command, before any revision is looked at. */
function commandError(message: string): RevisionError {
  return new RevisionError("CommandError", { message });
}

/** Upstream's other refusals. */
export const refused = {
  ambiguousWalk: () => revisionError("Ambiguous walk"),
  ambiguousUpgrade: () => revisionError("Ambiguous upgrade from multiple current revisions"),
  walkedTooFar: () => revisionError("Walked too far"),
  notDowngradable: () => revisionError("Not a valid downgrade target from current heads"),
  brokenMap: () => revisionError("Dependency resolution failed; broken map"),
  tooFewRevisions: (written: string, count: number) =>
    revisionError(`Relative revision ${written} didn't produce ${count} migrations`),
  overlap: (id: string, others: readonly string[]) =>
    revisionError(
      `Requested revision ${id} overlaps with other requested revisions ${others.join(", ")}`,
    ),
  labelTaken: (label: string, id: string, owner: string) =>
    revisionError(`Branch name '${label}' in revision ${id} already used by revision ${owner}`),
  characters: (characters: readonly string[], id: string) =>
    revisionError(
      `Character(s) '${characters.join(", ")}' not allowed in revision identifier '${id}'`,
    ),
  headNeeded: () =>
    commandError(
      "Multiple heads are present; please specify the head revision on which the new revision " +
        "should be based, or perform a merge.",
    ),
  notHead: (id: string) =>
    commandError(
      `Revision ${id} is not a head revision; please specify --splice to create a new branch from ` +
        "this revision",
    ),
  duplicateHeads: () => commandError("Duplicate head revisions specified"),
  rangeOnline: () => commandError("Range revision not allowed"),
  rangeNeeded: () => commandError("downgrade with --sql requires <fromrev>:<torev>"),
  historyRange: () => commandError("History range requires [start]:[end], [start]:, or :[end]"),
} as const;

/** Upstream's warnings. */
export const warnings = {
  duplicate: (id: string): string => `Revision ${id} is present more than once`,
  absent: (id: string, from: string): string =>
    `Revision ${id} referenced from ${from} is not present`,
  ambiguousDowngrade: (): string =>
    "downgrade -1 from multiple heads is ambiguous; this usage will be disallowed in a future " +
    "release.",
} as const;

// --- Our own sentences: upstream ends in a traceback here ---------------------------------------

/** Requests and graphs that upstream answers with an unhandled exception. */
export const unanswerable = {
  idTaken: (id: string) =>
    commandError(
      `Cannot write revision "${id}": a revision with that id exists; give another --rev-id`,
    ),
  idOfMistral: (id: string, example: string) =>
    commandError(
      `Cannot write revision "${id}": numbers, and names of releases, are Mistral's, and a later ` +
        `release may have that one; give another --rev-id, such as ${example}`,
    ),
  emptyName: () =>
    revisionError('Cannot find a revision without a name: give an id, a label, "head" or "base"'),
  outside: (target: string) =>
    revisionError(
      `Cannot use "${target}": it leads beyond the existing revisions; use a smaller number`,
    ),
  noRevision: (target: string) =>
    revisionError(`Cannot use "${target}": it means no revision; name one`),
  tooManyColons: (range: string) =>
    revisionError(`Cannot read the range "${range}": it has more than one colon; give START:END`),
  branchUnknown: (id: string) =>
    revisionError(
      `Cannot use revision "${id}" as a branch: it does not carry exactly one label; ` +
        "name the branch by its label",
    ),
  branchStart: (branch: string) =>
    revisionError(
      `Cannot go back on branch "${branch}": not exactly one current revision is on it; ` +
        "name the revision to go to",
    ),
  unordered: (ids: readonly string[]) =>
    revisionError(
      `Cannot put the requested revisions in order: ${ids.join(", ")} cannot be reached from its ` +
        "end without leaving it; choose another start or end",
    ),
  entangled: (ids: readonly string[]) =>
    revisionError(
      `Cannot put the requested revisions in order: ${ids.join(", ")} come before each other; ` +
        "correct what they revise",
    ),
  rowAbsent: (id: string, move: string) =>
    revisionError(
      `Cannot plan ${move}: the version table would have no row "${id}" at that point; ` +
        "upgrade to an earlier revision first, or correct the table with stamp",
    ),
  rowPresent: (id: string, move: string) =>
    revisionError(
      `Cannot plan ${move}: the version table would have a row "${id}" already; ` +
        "correct the table with stamp",
    ),
  rowUnclear: (move: string) =>
    revisionError(
      `Cannot plan ${move}: it is not clear which row of the version table it replaces; ` +
        "correct the table with stamp",
    ),
  stampBetween: (id: string) =>
    revisionError(
      `Cannot stamp "${id}": the version table has revisions both before and after it; ` +
        "stamp base first",
    ),
  absentParent: (id: string, from: string) =>
    revisionError(
      `Cannot load revision "${from}": it revises "${id}", which does not exist; ` +
        "add it, or name another",
    ),
  absentDependency: (id: string, from: string) =>
    revisionError(
      `Cannot load revision "${from}": it depends on "${id}", which does not exist; ` +
        "add it, or name another",
    ),
} as const;
