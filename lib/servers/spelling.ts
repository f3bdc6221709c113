/**
 * The SQL of a server.
 *
 * @module
 */
import type { AppliedChange } from "../schema/apply.ts";
import type { SpellLiteral } from "../sql/literals.ts";
import type { JournalSpelling } from "./sql/journal.ts";
import type { Step } from "./step.ts";
import type { Transactions } from "./sql/transactions.ts";

/** What a server takes in a CREATE TABLE; the rest is added when all tables are there. */
export interface NewTableRules {
  /** Whether a foreign key may refer to a table that comes later. */
  readonly takesLaterForeignKeys: boolean;
  /** Whether unique constraints on the same columns stay apart. */
  readonly keepsEqualUniques: boolean;
  /** Whether the indexes that it makes for foreign keys come behind all others. */
  readonly putsImplicitIndexesLast: boolean;
}

/** How a server spells what is to be done. */
export interface Spelling {
  /** Whether DDL can be rolled back, so that a migration is one transaction. */
  readonly transactionalDdl: boolean;
  /** How transactions begin and end. */
  readonly transactions: Transactions;
  /** What a CREATE TABLE can have. */
  readonly newTable: NewTableRules;
  /** Spells changes that follow one another. */
  compile(changes: readonly AppliedChange[]): readonly Step[];
  /** Spells a value as a literal. */
  readonly literal: SpellLiteral;
  /** How the account of runs is written. */
  readonly journal: JournalSpelling;
}
