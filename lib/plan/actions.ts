/**
 * The order of a plan, told once: a run does these actions, and a script prints them.
 *
 * @module
 */
import type { Step } from "../servers/step.ts";
import type { Transaction } from "../servers/sql/transactions.ts";
import type { RowChange } from "../revisions/rows/version_rows.ts";
import type { Statement } from "../sql/statement.ts";
import type { Plan, PlannedMigration } from "./plan.ts";
import { versionStatement } from "./records/version_table.ts";

/** The kinds of things that a plan does, and what each one carries. */
export interface ActionMap {
  /** Makes a table in which revisions are recorded. */
  readonly prepare: { readonly statement: Statement };
  /** What follows takes effect together, where the server can do that. */
  readonly begin: { readonly transaction: Transaction };
  /** Makes everything since `begin` last. */
  readonly commit: { readonly transaction: Transaction };
  /** A migration begins; `position` counts from 1. */
  readonly start: {
    readonly migration: PlannedMigration;
    readonly position: number;
    readonly total: number;
  };
  /** One statement of the migration's step number `index`. */
  readonly execute: {
    readonly statement: Statement;
    readonly step: Step;
    readonly index: number;
  };
  /** Writes down what a database remembers of migrations, besides their rows. */
  readonly record: { readonly statement: Statement };
  /** Changes the version table; the statement must change exactly one row. */
  readonly row: { readonly change: RowChange; readonly statement: Statement };
  /** A migration is complete. */
  readonly finish: { readonly migration: PlannedMigration };
}

/** The name of a kind of action. */
export type ActionKind = keyof ActionMap;

/** One thing that a plan does, or one of the kinds given. */
export type Action<K extends ActionKind = ActionKind> = {
  [P in K]: { readonly kind: P } & ActionMap[P];
}[K];

function* within(transaction: Transaction | null, actions: Iterable<Action>): Iterable<Action> {
  if (transaction) yield { kind: "begin", transaction };
  yield* actions;
  if (transaction) yield { kind: "commit", transaction };
}

/** The steps, the records, and last the version row, so that a row means that all before it is done. */
function* contents(migration: PlannedMigration): Iterable<Action> {
  const { openings, steps, records, rowChanges } = migration;
  for (const statement of openings) yield { kind: "record", statement };
  for (const [index, step] of steps.entries()) {
    for (const statement of step.statements) yield { kind: "execute", statement, step, index };
  }
  for (const statement of records) yield { kind: "record", statement };
  for (const change of rowChanges) {
    yield { kind: "row", change, statement: versionStatement(change) };
  }
}

function* allActions({ preparation, migrations, transaction }: Plan): Iterable<Action> {
  for (const statement of preparation) yield { kind: "prepare", statement };
  for (const [index, migration] of migrations.entries()) {
    yield { kind: "start", migration, position: index + 1, total: migrations.length };
    yield* within(transaction ? null : migration.transaction, contents(migration));
    yield { kind: "finish", migration };
  }
}

/** Everything that a plan does, in order. */
export function actionsOf(plan: Plan): Iterable<Action> {
  return within(plan.transaction, allActions(plan));
}
