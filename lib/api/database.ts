/**
 * An open database of Mistral, and everything that can be done with it.
 *
 * @module
 */
import type { JournalEntry } from "../engine/account/journal.ts";
import type { Comparison } from "./drift.ts";
import type { RunOptions, RunResult } from "./options.ts";
import type { Plan } from "./plan.ts";

/** What `populate` did with actions and workflows. */
export interface PopulateResult {
  /** What was changed, in that order. */
  readonly changes: readonly {
    readonly verb: "add" | "change" | "remove";
    readonly kind: "action" | "workflow";
    readonly name: string;
  }[];
  /** What was right already. */
  readonly upToDate: readonly { readonly kind: "action" | "workflow"; readonly name: string }[];
  /** What was left alone: public in another project, or a system row under an older name. */
  readonly notices: readonly {
    readonly reason: "foreign" | "superseded";
    readonly kind: "action" | "workflow";
    readonly name: string;
    readonly project: string;
  }[];
}

/**
 * A database of Mistral: one session and the history it follows. Targets are those of the
 * command line: `head`, `+1`, `041`, or a release such as `zed`. Disposing it ends the session.
 *
 * Every method that changes the database waits for other runs on it, and throws a
 * {@linkcode RefusedError} where its target cannot be resolved or reached, and an
 * {@linkcode OperatorError} where another run does not end in time or the server refuses a statement.
 */
export interface MistralDatabase extends AsyncDisposable {
  /** The revisions that it is at, in order of id; none where nothing was applied. Changes nothing. */
  current(): Promise<readonly string[]>;

  /** What was applied, oldest first; null where the database keeps no journal. Changes nothing. */
  journal(): Promise<readonly JournalEntry[] | null>;

  /** Plans an upgrade. Reads only, and takes no lock. */
  plan(
    target: string,
    options?: Pick<RunOptions, "stepByStep" | "singleTransaction">,
  ): Promise<Plan>;

  /**
   * Brings it forward. Where the server can roll back DDL each migration is one transaction; elsewhere
   * an interrupted migration is resumed where it stopped.
   */
  upgrade(target: string, options?: RunOptions): Promise<RunResult>;

  /** Takes it back, where every revision on the way says how; those of Mistral itself do not. */
  downgrade(target: string, options?: RunOptions): Promise<RunResult>;

  /** Writes a revision down without running anything; `verify` says what a schema that differs leads to. */
  stamp(
    target: string,
    options?: RunOptions & { readonly verify?: "warn" | "refuse" },
  ): Promise<RunResult>;

  /**
   * Finds the revision that the tables are closest to, unless one is given, repairs them and writes it
   * down; `replaceUnknown` replaces a row that is no known revision. What a site has added stays.
   */
  adopt(
    options?: RunOptions & { readonly revision?: string; readonly replaceUnknown?: boolean },
  ): Promise<Comparison>;

  /**
   * Compares it with the schema of the revisions that it is at; `unfinished` is the revision that an
   * interrupted run has begun. Changes nothing.
   */
  verify(): Promise<Comparison & { readonly unfinished: string | null }>;

  /** What differs from the models, in words; refuses a database that is not at head. Changes nothing. */
  check(): Promise<readonly string[]>;

  /** Registers the standard actions and workflows, or those in the YAML files of the directory `from`. */
  populate(options?: RunOptions & { readonly from?: string }): Promise<PopulateResult>;
}
