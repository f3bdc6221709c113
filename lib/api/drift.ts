/**
 * How a database differs from what it should be, as the library says it.
 *
 * @module
 */
import type { Deviation, Drift } from "../engine/drift/drift.ts";
import type { Server } from "../servers/server.ts";
import { inlined } from "../sql/literals.ts";

/** How a database compares with a revision. */
export interface Comparison {
  /** The revisions that it is compared with. */
  readonly revisions: readonly string[];
  /** What is different, in order of table. */
  readonly findings: readonly Deviation[];
  /** The statements that repair the findings that are not harmless. */
  readonly repairs: readonly string[];
}

/** The comparison with these revisions. */
export const comparisonOf = (
  revisions: readonly string[],
  { findings, repairs }: Drift,
  { spelling: { literal } }: Server,
): Comparison => ({
  revisions,
  findings,
  repairs: repairs.flatMap(({ statements }) => statements).map((one) => inlined(one, literal)),
});
