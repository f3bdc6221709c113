/**
 * A plan as a script for a database's own client.
 *
 * @module
 */
import type { Server } from "../servers/server.ts";
import type { Transaction } from "../servers/sql/transactions.ts";
import { type Action, type ActionKind, actionsOf } from "../plan/actions.ts";
import { planOfflineStamp, planOfflineUpgrade } from "../plan/offline.ts";
import {
  isOneTransaction,
  nameOf,
  type Plan,
  type PlannedMigration,
  type PlanOptions,
  purposeOf,
  touchedTables,
} from "../plan/plan.ts";
import type { RevisionGraph } from "../revisions/graph/graph.ts";
import type { Revision } from "../revisions/graph/migration.ts";
import { sqlComment } from "../sql/comment.ts";
import { inlined } from "../sql/literals.ts";
import type { Statement } from "../sql/statement.ts";
import type { OnEvent } from "./events.ts";
import { startEvent } from "./start_event.ts";

/** How a script is written. */
export interface ScriptOptions extends PlanOptions {
  /** What wrote the script, for its first line, such as `mistral-db-manage 1.0.0`. */
  readonly generator: string;
  /** Whether the script begins with what stops it on a database that is not at its start. */
  readonly guard?: boolean;
  /** Whether the client is made to say which migration it begins. */
  readonly progress?: boolean;
  /** Called with an event for each migration that is written. */
  readonly onEvent?: OnEvent;
}

/** A piece of a script: comments, or one statement. */
type Piece = string;

const comment = (text: string): Piece => `${sqlComment(text)}\n`;

/** Writes statements as pieces of a script. */
function write(
  statements: readonly Statement[],
  { spelling: { literal } }: Server,
): readonly Piece[] {
  return statements.map((statement) => `${inlined(statement, literal)};\n\n`);
}

function describeEnds({ kind, from, to }: Plan): string {
  if (kind === "adopt") return `as ${to.join(", ")}`;
  if (from.join() === to.join() && from.length > 0) return `at ${from.join(", ")}`;
  const name = (versions: readonly string[]) => versions.join(", ") || "base (an empty database)";
  return `from ${name(from)} to ${name(to)}`;
}

/** What makes the script independent of the server's settings. */
function settings(server: Server): readonly Piece[] {
  if (server.locks.session.settings.length === 0) return [];
  return [
    comment("Sets what the server may have set otherwise."),
    ...write(server.locks.session.settings, server),
  ];
}

function header(plan: Plan, server: Server, generator: string): Piece[] {
  const { script: { client }, spelling: { transactionalDdl } } = server;
  const transactions = isOneTransaction(plan)
    ? "One transaction holds all of it."
    : !transactionalDdl
    ? "Every statement takes effect at once: the server cannot roll back changes of the schema."
    : "Each migration is one transaction, its row in alembic_version included.";
  return [
    comment(`${generator}: ${plan.kind} ${describeEnds(plan)}, for ${client.title}`),
    comment(`Apply it with: ${client.usage}`),
    comment(transactions),
    "\n",
    ...client.directives.map((directive) => `${directive}\n\n`),
    ...settings(server),
  ];
}

/** The existing tables that the tables of the plan refer to. */
function referredTables({ migrations }: Plan): readonly string[] {
  const changes = migrations.flatMap(({ steps }) => steps.flatMap((step) => step.changes));
  const created = changes.flatMap(({ change }) =>
    change.kind === "createTable" ? change.table : []
  );
  const referred = new Set(
    created.flatMap(({ foreignKeys }) => foreignKeys.map((key) => key.refTable)),
  );
  return [...referred.difference(new Set(created.map(({ name }) => name)))].toSorted();
}

/**
 * What comes before the plan: the statements that stop the client on another database. Where these
 * read the version table unasked, the plan's preparation comes first, and both are one transaction,
 * which an error undoes.
 */
function opening(plan: Plan, server: Server): readonly Piece[] {
  const guard = server.script.guard({
    versions: plan.from,
    absentTables: plan.absentTables,
    referredTables: referredTables(plan),
    touchedTables: touchedTables(plan).filter((name) => !plan.absentTables.includes(name)),
  });
  const stop = [
    comment("Stops the client unless the database is where this script starts."),
    ...write(guard, server),
  ];
  if (!server.script.guardNeedsVersionTable) return stop;
  const { begin, commit }: Transaction = server.spelling.transactions.schema([]);
  return [
    ...write([...begin, ...plan.preparation], server),
    ...stop,
    ...write(commit, server),
  ];
}

function title(migration: PlannedMigration): readonly Piece[] {
  const purpose = purposeOf(migration);
  if (purpose === null) return [];
  const from = migration.from.join(", ") || "base";
  return [`${comment(`${from} -> ${nameOf(migration)}: ${purpose}`)}\n`];
}

type Writer<K extends ActionKind> = (action: Action<K>, server: Server) => readonly Piece[];

const statement = (action: { readonly statement: Statement }, server: Server) =>
  write([action.statement], server);

/** What the client says when a migration begins. */
function progressText({ migration, position, total }: Action<"start">): string {
  return `[${position}/${total}] ${nameOf(migration)}: ${purposeOf(migration)}`;
}

const writers: { readonly [K in ActionKind]: Writer<K> } = {
  prepare: statement,
  begin: ({ transaction: { begin } }, server) => write(begin, server),
  commit: ({ transaction: { commit } }, server) => write(commit, server),
  start: ({ migration }) => title(migration),
  execute: statement,
  record: statement,
  row: statement,
  finish: () => [],
};

function pieces<K extends ActionKind>(action: Action<K>, server: Server): readonly Piece[] {
  const writer: Writer<K> = writers[action.kind];
  return writer(action, server);
}

/**
 * Prints a plan as a script, in pieces; joined they are the same text whenever plan, dialect and
 * options are the same.
 */
export function script(
  plan: Plan,
  server: Server,
  { generator, guard = true, progress = false, onEvent }: Omit<ScriptOptions, keyof PlanOptions>,
): readonly string[] {
  const actions = [...actionsOf(plan)];
  for (const action of actions) {
    const event = action.kind === "start" ? startEvent(plan, action) : null;
    if (event) onEvent?.(event);
  }
  const isPrepared = guard && server.script.guardNeedsVersionTable;
  const statements = [
    ...(guard ? opening(plan, server) : []),
    ...actions.filter(({ kind }) => !isPrepared || kind !== "prepare")
      .flatMap((action) => [
        ...pieces(action, server),
        ...(progress && action.kind === "start"
          ? write([server.script.announce(progressText(action))], server)
          : []),
      ]),
  ];
  return [...header(plan, server, generator), ...encoding(statements, server), ...statements];
}

/** Makes the client read the statements as UTF-8; nothing where they are ASCII. */
function encoding(statements: readonly Piece[], { script: { client } }: Server): readonly Piece[] {
  // deno-lint-ignore no-control-regex
  const isAscii = statements.every((statement) => /^[\x00-\x7f]*$/.test(statement));
  return client.readAsUtf8 === null || isAscii ? [] : [`${client.readAsUtf8}\n\n`];
}

/**
 * The script of the upgrade `END` or `START:END`. Asks no server.
 *
 * @throws {RefusedError} When the range cannot be resolved, or runs backwards.
 */
export function upgradeScript(
  graph: RevisionGraph<Revision>,
  range: string,
  server: Server,
  options: ScriptOptions,
): readonly string[] {
  return script(planOfflineUpgrade(graph, range, server, options), server, options);
}

/**
 * The script that stamps `REVISION`, or `START:REVISION` where the database is stamped already.
 *
 * @throws {RefusedError} When a revision cannot be resolved.
 */
export function stampScript(
  graph: RevisionGraph<Revision>,
  range: string,
  server: Server,
  options: ScriptOptions,
): readonly string[] {
  return script(planOfflineStamp(graph, range, server), server, options);
}
