/**
 * Shows what an upgrade would do: the command `plan`, and `upgrade --dry-run`.
 *
 * @module
 */
import type { ChosenDatabase } from "../../config/database.ts";
import type { Server } from "../../servers/server.ts";
import { type Preview, previewOffline, previewUpgrade } from "../../engine/explanation/preview.ts";
import { script } from "../../engine/script.ts";
import { OperatorError, RefusedError } from "../../errors.ts";
import type { PlanOptions } from "../../plan/plan.ts";
import type { RevisionGraph } from "../../revisions/graph/graph.ts";
import type { Revision } from "../../revisions/graph/migration.ts";
import type { Json, Result } from "../../cli/command.ts";
import { type Context, loadGraph } from "../../cli/context.ts";
import { connect, findDatabase, isMissing, sayDialect } from "../../cli/database.ts";
import { type CreationChoice, isDirect } from "./creation.ts";
import { explained } from "../../cli/hints.ts";
import { serverOf } from "./dialect.ts";
import { planLines } from "./printed/plan_text.ts";
import { programVersion } from "../../cli/version.ts";
import { stylerOf } from "../../cli/output/style.ts";

/** The exit code of a plan that has something to do. */
const PENDING = 2;

/** The width of a table that goes to a file or another program. */
const FILE_COLUMNS = 120;

/** What to plan, and how to show it. */
export interface PlanRequest extends CreationChoice {
  /** A target, or `START:END`, which needs no server. */
  readonly target: string;
  /** The dialect of a plan without a server; by default that of the configured database. */
  readonly dialect?: string | undefined;
  /** Whether to show the statements as a script. */
  readonly sql: boolean;
  /** Whether the whole run is one transaction, where the server can. */
  readonly singleTransaction: boolean;
}

/** What to plan, as the planner wants it. */
interface Wanted extends Pick<PlanRequest, "target" | "dialect"> {
  readonly options: PlanOptions;
}

/** The parts of a plan, and whether they come from a server. */
interface Shown extends Preview {
  readonly server: Server;
  readonly isAssumed: boolean;
}

async function withoutServer(
  context: Context,
  { target, dialect: name, options }: Wanted,
  graph: RevisionGraph<Revision>,
): Promise<Shown> {
  const server = await serverOf(context, name);
  return { ...previewOffline(graph, target, server, options), server, isAssumed: true };
}

/** A missing database file counts as an empty database, and is not created. */
async function withoutFile(
  context: Context,
  chosen: ChosenDatabase,
  wanted: Wanted,
  graph: RevisionGraph<Revision>,
): Promise<Shown> {
  sayDialect(context, chosen);
  const shown = await withoutServer(context, { ...wanted, dialect: chosen.settings.server }, graph);
  return { ...shown, isAssumed: false };
}

async function withServer(
  context: Context,
  wanted: Wanted,
  graph: RevisionGraph<Revision>,
): Promise<Shown> {
  const chosen = findDatabase(context);
  if (await isMissing(chosen)) {
    return await withoutFile(context, chosen, wanted, graph);
  }
  await using database = await connect(context, chosen);
  const preview = await previewUpgrade(database, graph, wanted.target, wanted.options);
  return { ...preview, server: database.server, isAssumed: false };
}

function linesOf(context: Context, shown: Shown, sql: boolean): readonly string[] {
  const { plan, explanation, server, isAssumed } = shown;
  if (plan.migrations.length === 0) {
    return sql ? [] : [`Nothing to do: the database is at ${plan.to.join(", ") || "base"}`];
  }
  if (sql) {
    return [script(plan, server, { generator: programVersion }).join("").trimEnd()];
  }
  const { host } = context;
  const width = host.stdout.columns ?? FILE_COLUMNS;
  return planLines(explanation, { server, isAssumed, width, style: stylerOf(host) });
}

/** A plan has one exit code for all errors, but an upgrade has Alembic's. */
function asPlanError(error: unknown): unknown {
  return error instanceof RefusedError ? new OperatorError({ ...error, cause: error }) : error;
}

/**
 * Shows what an upgrade would do. Changes nothing; exit code 0 where there is nothing to do, 2 where
 * there is.
 *
 * @throws {OperatorError} When the upgrade itself would be refused, or the database cannot be opened;
 * the exit code is 1 then.
 */
export async function showPlan(context: Context, request: PlanRequest): Promise<Result> {
  const { target, dialect, sql, singleTransaction } = request;
  const isOffline = dialect !== undefined || target.includes(":");
  const options = { singleTransaction, direct: isDirect(request, isOffline) };
  const graph = await loadGraph(context);
  const shown = await (isOffline ? withoutServer : withServer)(context, {
    target,
    dialect,
    options,
  }, graph)
    .catch(async (error) => {
      throw asPlanError(await explained(error, context.seen));
    });
  const pending = shown.plan.migrations.length > 0;
  return {
    lines: linesOf(context, shown, sql),
    isVerbatim: sql,
    json: { pending, assumed: shown.isAssumed, ...shown.explanation } as unknown as Json,
    exitCode: pending ? PENDING : 0,
  };
}
