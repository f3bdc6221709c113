/**
 * Migrations as a script for a database's own client. The schema that a script starts from is the
 * fold of the history before it, so that no database is asked anything.
 *
 * @module
 */
import type { Dialect, ScriptStart, Step } from "../dialects/dialect.ts";
import { RefusedError } from "../errors.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { Revision } from "../revisions/migration.ts";
import { stampSteps } from "../revisions/stamp.ts";
import { type OfflinePlan, offlineUpgrade, type RevisionStep } from "../revisions/steps.ts";
import { applyAll } from "../schema/apply.ts";
import type { SchemaState } from "../schema/schema.ts";
import { inlined, literals } from "../sql/literals.ts";
import type { Statement } from "../sql/statement.ts";
import type { OnEvent } from "./events.ts";
import { fold, historyOf, stepsOf } from "./fold.ts";
import { madeTables } from "./made_tables.ts";
import { memoryStatements, rememberStatements } from "./own_revisions.ts";
import { createVersionTable, versionStatement } from "./version_table.ts";

/** How a script is written. */
export interface ScriptOptions {
  /** What wrote the script, for its first line, such as `mistral-db-manage 1.0.0`. */
  readonly generator: string;
  /** Whether the script begins with what stops it on a database that is not at its start. */
  readonly guard?: boolean;
  /** One transaction for the whole script instead of one a migration, where the server can. */
  readonly singleTransaction?: boolean;
  /** Told of each migration that is written. */
  readonly onEvent?: OnEvent;
}

/** A piece of a script: comments, or one statement. */
type Piece = string;

const comment = (text: string): Piece => `${text.replace(/^/gm, "-- ")}\n`;

/** Writes statements as pieces of a script. */
type Write = (statements: readonly Statement[]) => readonly Piece[];

function writerFor({ name }: Dialect): Write {
  return (statements) => statements.map((one) => `${inlined(one, literals[name])};\n\n`);
}

/** Pieces as one transaction, where the dialect has them for the steps that are in it. */
function transaction(
  pieces: readonly Piece[],
  steps: readonly Step[],
  dialect: Dialect,
  write: Write,
): readonly Piece[] {
  const { begin, commit } = dialect.transactionOf(steps);
  return [...write(begin), ...pieces, ...write(commit)];
}

function describeEnds(start: readonly string[], end: readonly string[]): string {
  const name = (versions: readonly string[]) => versions.join(", ") || "base (an empty database)";
  return `from ${name(start)} to ${name(end)}`;
}

function header(
  what: string,
  start: readonly string[],
  end: readonly string[],
  { client, transactionalDdl }: Dialect,
  { generator, singleTransaction = false }: ScriptOptions,
): Piece[] {
  const transactions = !transactionalDdl
    ? "Every statement takes effect at once: the server cannot roll back changes of the schema."
    : singleTransaction
    ? "One transaction holds all of it."
    : "Each migration is one transaction, its row in alembic_version included.";
  return [
    comment(`${generator}: ${what} ${describeEnds(start, end)}, for ${client.title}`),
    comment(`Apply it with: ${client.usage}`),
    comment(transactions),
    "\n",
    ...client.directives.map((directive) => `${directive}\n\n`),
  ];
}

const createVersionTableIfMissing: Statement = {
  parts: [createVersionTable.parts[0]!.replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS")],
  values: [],
};

/**
 * What comes before the first migration: the guard, and the version table where it may be missing.
 * On SQLite the guard needs that table, so both are one transaction, which an error undoes.
 */
function opening(
  start: ScriptStart,
  dialect: Dialect,
  { guard = true }: ScriptOptions,
): readonly Piece[] {
  const write = writerFor(dialect);
  const table = start.versions.length === 0 ? write([createVersionTableIfMissing]) : [];
  if (!guard) return table;
  const stop = [
    comment("Stops the client unless the database is where this script starts."),
    ...write(dialect.guard(start)),
  ];
  return dialect.name === "sqlite"
    ? transaction([...table, ...stop], [], dialect, write)
    : [...stop, ...table];
}

/** One migration: its title, its statements, and the steps they belong to. */
interface Written {
  readonly title: Piece;
  readonly pieces: readonly Piece[];
  readonly steps: readonly Step[];
}

function writeMigrations(
  plan: readonly RevisionStep<Revision>[],
  start: SchemaState,
  dialect: Dialect,
): readonly Written[] {
  const write = writerFor(dialect);
  let schema = start;
  return plan.map(({ revision, from, rowChanges }) => {
    const steps = stepsOf(revision, schema, dialect);
    schema = applyAll(schema, steps.flatMap(({ changes }) => changes));
    const statements = steps.flatMap((step) => step.statements);
    const title = `${from.join(", ") || "base"} -> ${revision.id}: ${revision.message}`;
    return {
      title: `${comment(title)}\n`,
      pieces: write([
        ...memoryStatements([revision]),
        ...statements,
        ...rememberStatements(revision),
        ...rowChanges.map(versionStatement),
      ]),
      steps,
    };
  });
}

/** The migrations in one transaction, or in one each. */
function inTransactions(
  migrations: readonly Written[],
  dialect: Dialect,
  { singleTransaction = false }: ScriptOptions,
): readonly Piece[] {
  const write = writerFor(dialect);
  if (!singleTransaction) {
    return migrations.flatMap(({ title, pieces, steps }) => [
      title,
      ...transaction(pieces, steps, dialect, write),
    ]);
  }
  const pieces = migrations.flatMap((one) => [one.title, ...one.pieces]);
  return transaction(pieces, migrations.flatMap(({ steps }) => steps), dialect, write);
}

/** A range that goes backwards resolves to no step at all, as one that goes nowhere does. */
function refuseBackward(
  graph: RevisionGraph<Revision>,
  range: string,
  { start, steps }: OfflinePlan<Revision>,
): void {
  if (steps.length > 0) return;
  const end = range.slice(range.indexOf(":") + 1);
  const ends = offlineUpgrade(graph, end).steps.at(-1)?.headsAfter ?? [];
  if (ends.join() === start.join()) return;
  throw new RefusedError(
    `Cannot write a script from ${start.join(", ")} to ${end}: that is not forward; ` +
      "name the older revision first",
  );
}

/**
 * The script of `END` or `START:END`, in pieces; joined they are the same text whenever range,
 * dialect and options are the same.
 *
 * @throws {RefusedError} When the range cannot be resolved, or goes backwards.
 */
export function upgradeScript(
  graph: RevisionGraph<Revision>,
  range: string,
  dialect: Dialect,
  options: ScriptOptions,
): readonly string[] {
  const plan = offlineUpgrade(graph, range);
  refuseBackward(graph, range, plan);
  const { start: versions, steps } = plan;
  for (const [index, { from, revision }] of steps.entries()) {
    const { id: to, message } = revision;
    const position = { position: index + 1, total: steps.length };
    options.onEvent?.({ kind: "running", from, to, message, ...position });
  }
  const schema = fold(historyOf(graph, versions), dialect);
  const absentTables = versions.length > 0 ? [] : madeTables(steps.map(({ revision }) => revision));
  return [
    ...header("upgrade", versions, steps.at(-1)?.headsAfter ?? versions, dialect, options),
    ...opening({ versions, absentTables }, dialect, options),
    ...inTransactions(writeMigrations(steps, schema, dialect), dialect, options),
  ];
}

/**
 * The script that stamps `REVISION`, or `START:REVISION` where the database is stamped already.
 *
 * @throws {RefusedError} When a revision cannot be resolved.
 */
export function stampScript(
  graph: RevisionGraph<Revision>,
  range: string,
  dialect: Dialect,
  options: ScriptOptions,
): readonly string[] {
  const [begin, end] = range.includes(":") ? range.split(":", 2) : ["base", range];
  const { start: versions } = offlineUpgrade(graph, `${begin}:${begin}`);
  const steps = stampSteps(graph, versions, end!);
  for (const { from, to } of steps) options.onEvent?.({ kind: "stamped", from, to });
  const write = writerFor(dialect);
  const changes = steps.flatMap(({ rowChanges }) => rowChanges.map(versionStatement));
  return [
    ...header("stamp", versions, steps.at(-1)?.headsAfter ?? versions, dialect, options),
    ...opening({ versions, absentTables: [] }, dialect, options),
    ...transaction(write(changes), [], dialect, write),
  ];
}
