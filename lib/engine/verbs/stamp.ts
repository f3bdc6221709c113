/**
 * Recording which revision a database is at, without running anything.
 *
 * @module
 */
import { OperatorError } from "../../errors.ts";
import type { Plan } from "../../plan/plan.ts";
import { planStamp, revisionsAfterStamp } from "../../plan/stamp.ts";
import type { RevisionGraph } from "../../revisions/graph/graph.ts";
import type { Revision } from "../../revisions/graph/migration.ts";
import type { Database } from "../../servers/database.ts";
import { amount } from "../../text/amounts.ts";
import { verifyAs } from "../drift/verify.ts";
import { type Verb, work, type WorkOptions } from "../work.ts";

/** What becomes of a stamp that the schema contradicts. */
export type Contradiction = "warn" | "refuse";

/** How a database is stamped. */
export interface StampOptions extends WorkOptions {
  /** Whether the schema is compared with that of the revision, and what a difference leads to. */
  readonly verify?: Contradiction | undefined;
  /** Names to ignore, see `withoutIgnored`. */
  readonly ignore?: readonly string[];
}

/** The outcome of a stamp. */
export interface StampResult {
  /** Rows of the version table before. */
  readonly from: readonly string[];
  /** Rows of the version table after. */
  readonly to: readonly string[];
}

/** How many differences from the revision there are that matter. */
type Differences = number;

function refuseContradiction(to: readonly string[], differences: Differences): void {
  if (differences === 0) return;
  throw new OperatorError({
    failed: `The schema does not match ${to.join(", ")}`,
    because: `${amount(differences, "difference")}; nothing was changed`,
    remedy: '"adopt" shows them',
  });
}

/** The plan, with what the operator should know of it. */
function withWarning(plan: Plan, differences: Differences): Plan {
  if (differences === 0) return plan;
  const what = `The schema does not match ${plan.to.join(", ")}`;
  const warning = `${what}: ${amount(differences, "difference")}; "verify" shows them`;
  return { ...plan, warnings: [warning] };
}

/** The stamp of a target. */
export const stampAs = (
  graph: RevisionGraph<Revision>,
  target: string,
  { verify, ignore = [] }: Pick<StampOptions, "verify" | "ignore"> = {},
): Verb<Differences> => ({
  graph,
  needs: () => verify === undefined ? "versions" : "schema",
  async ask(database, { versions, schema }) {
    const to = revisionsAfterStamp(graph, target, versions);
    // Whoever stamps an empty database wants it so.
    const isMeant = schema.tables.size === 0 && verify !== "refuse";
    if (verify === undefined || to.length === 0 || isMeant) return 0;
    const { findings } = await verifyAs(database, graph, { revisions: to, schema, ignore });
    return findings.filter(({ harmless }) => !harmless).length;
  },
  plan({ answers, ...situation }, server, options) {
    const plan = planStamp(graph, target, situation, server, options);
    if (verify === "refuse") refuseContradiction(plan.to, answers);
    return withWarning(plan, answers);
  },
});

/**
 * Writes a target, such as `head`, `base` or `041`, into the version table as the database's
 * revision, and accepts a site's own migrations up to there as their files are now. Nothing else in
 * the database changes.
 *
 * @throws {RefusedError} When the target, or what the table holds, is no known revision.
 * @throws {OperatorError} When another run does not end in time, or the schema is not that of the target
 * and `verify` refuses that.
 */
export async function stamp(
  database: Database,
  graph: RevisionGraph<Revision>,
  target: string,
  options: StampOptions = {},
): Promise<StampResult> {
  const { plan } = await work(database, stampAs(graph, target, options), options);
  return { from: plan.from, to: plan.to };
}
