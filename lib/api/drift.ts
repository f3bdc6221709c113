/**
 * How a database differs from what it should be, as the library says it.
 *
 * @module
 */
import { type Deviation, type Drift, repairStatements } from "../engine/drift/drift.ts";
import type { Server } from "../servers/server.ts";

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
  drift: Drift,
  server: Server,
): Comparison => ({
  revisions,
  findings: drift.findings,
  repairs: repairStatements(drift, server),
});
