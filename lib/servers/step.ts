/**
 * Changes as a server makes them: statement by statement.
 *
 * @module
 */
import type { AppliedChange } from "../schema/apply.ts";
import type { Change } from "../schema/change.ts";
import { inWords } from "../schema/words.ts";
import { raw, type Statement } from "../sql/statement.ts";

/**
 * Changes that are made together, and the statements that make them. A server without
 * transactional DDL can stop between two steps, and with one statement a step it never stops
 * inside of one.
 */
export interface Step {
  /** Its changes, each with the schema before and after. */
  readonly changes: readonly AppliedChange[];
  /** What makes it. */
  readonly statements: readonly Statement[];
  /** A description for people: `workbooks_v2: add column namespace`. */
  readonly words: string;
  /** How its only statement can be made for some rows at a time; null where it cannot, or need not. */
  readonly batches: Batches | null;
  /** How many rows each of its statements must change; null where any number is right. */
  readonly expects: 1 | null;
}

/** What a statement needs to be made for some rows at a time, in the order of a key. */
export interface Batches {
  /** The table. */
  readonly name: string;
  /** The table, as SQL spells it. */
  readonly table: string;
  /** The column of its primary key, as SQL spells it. */
  readonly key: string;
  /** What comes between the statement and one more condition. */
  readonly conjunction: "WHERE" | "AND";
}

/** Puts changes and the statements that make them into a step. */
export function stepOf(
  changes: readonly AppliedChange[],
  statements: readonly Statement[],
  batches: Batches | null = null,
): Step {
  const words = inWords(changes.filter(({ change }) => !isImplied(change)));
  return Object.freeze({ changes, statements, words, batches, expects: null });
}

/** Whether the server does it by itself, along with another change. */
const isImplied = (change: Change): boolean =>
  change.kind === "add" && change.part === "indexes" && change.item.implicit;

/** The statements of finished SQL texts. */
export const statements = (...texts: readonly string[]): readonly Statement[] => texts.map(raw);
