/**
 * Runs a file of revision cases against the library and prints the failures and the score:
 *
 *     deno task conformance:revisions tests/fixtures/revisions/revision-cases.json
 *
 * @module
 */

import { resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import {
  RevisionError,
  type RevisionGraph,
  revisionGraph,
  type RevisionNode,
} from "../../lib/revisions/mod.ts";
import { type Arguments, operations, type Result } from "./revision_ops.ts";

/** A refusal as the case files write it. */
interface Refusal {
  readonly type: string;
  readonly message: string;
  readonly raw?: string;
  readonly failedLine: string | null;
  readonly crash?: boolean;
}

/** What is expected of a case: the fields of a success, or an error. */
interface Outcome extends Result {
  readonly error?: Refusal;
  readonly warnings?: readonly string[];
}

interface Case extends Arguments, Outcome {
  readonly id: string;
  readonly alternatives?: readonly Outcome[];
}

interface Group {
  readonly revisions: readonly Omit<RevisionNode, "message">[];
  readonly cases: readonly Case[];
}

/** A case that failed, and what the library answered. */
export interface Failure {
  readonly id: string;
  readonly expected: Outcome;
  readonly actual: Outcome;
}

/** The failures among all cases of a file. */
export interface Score {
  readonly passed: number;
  readonly failures: readonly Failure[];
}

/** Runs all cases of a parsed file. */
export function score(groups: readonly Group[]): Score {
  const results = groups.flatMap(({ revisions, cases }) =>
    cases.map((expected) => ({ expected, actual: answer(revisions, expected) }))
  );
  const failures = results.filter(({ expected, actual }) => !agrees(expected, actual))
    .map(({ expected, actual }) => ({ id: expected.id, expected, actual }));
  return { passed: results.length - failures.length, failures };
}

function answer(revisions: Group["revisions"], given: Case): Outcome {
  const warnings: string[] = [];
  try {
    const nodes = revisions.map((revision) => ({ ...revision, message: `step ${revision.id}` }));
    const graph = revisionGraph(nodes, { warn: (text) => warnings.push(text) });
    return { ...operate(graph, given), warnings };
  } catch (error) {
    if (!(error instanceof RevisionError)) return { threw: String(error) };
    const { type, message, raw } = error;
    return { error: { type, message, raw, failedLine: `FAILED: ${message}` }, warnings };
  }
}

function operate(graph: RevisionGraph, given: Case): Result {
  const operation = operations[given.op];
  if (operation === undefined) throw new Error(`unknown op ${given.op}`);
  return operation(graph, given);
}

/** Whether an answer is one of those that are right. */
function agrees(expected: Case, actual: Outcome): boolean {
  const warned = isDeepStrictEqual(
    new Set(actual.warnings),
    new Set(expected.warnings ?? []),
  );
  const outcomes = [expected, ...(expected.alternatives ?? [])];
  return warned && outcomes.some((outcome) => same(outcome, actual));
}

function same(expected: Outcome, actual: Outcome): boolean {
  const { error, ...fields } = expected;
  if (error !== undefined) return sameError(error, actual.error);
  const compared = Object.keys(fields).filter((key) => key in actual && key !== "warnings");
  return actual.error === undefined && actual.threw === undefined && compared.length > 0 &&
    compared.every((key) => isDeepStrictEqual(actual[key], fields[key]));
}

/** Where Alembic crashed, any sentence will do. */
function sameError(expected: Refusal, actual: Refusal | undefined): boolean {
  if (actual === undefined) return false;
  if (expected.crash) return actual.message !== "";
  const { type, message, failedLine, raw = message } = expected;
  return isDeepStrictEqual({ type, message, raw, failedLine }, { ...actual });
}

/** Prints the failures, then the score. */
function print({ passed, failures }: Score): void {
  for (const { id, expected, actual } of failures) {
    console.log(
      `${id}\n  expected ${JSON.stringify(expected)}\n  actual   ${JSON.stringify(actual)}`,
    );
  }
  console.log(`${passed} passed, ${failures.length} failed`);
}

if (import.meta.main) {
  const [file] = Deno.args;
  if (file === undefined) {
    console.error("Cannot run revision cases: no file is given; name one");
    Deno.exit(2);
  }
  // "deno task" changes to the project's folder first, and tells where it was called.
  const path = resolve(Deno.env.get("INIT_CWD") ?? ".", file);
  const result = score(JSON.parse(await Deno.readTextFile(path)));
  print(result);
  Deno.exit(result.failures.length === 0 ? 0 : 1);
}
