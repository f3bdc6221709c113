/**
 * What populate registers.
 *
 * @module
 */
import type { Value } from "../sql/statement.ts";

/** The two kinds of things that are registered. */
export type Kind = "action" | "workflow";

/** The kinds, in the order in which they are registered: workflows call actions. */
export const KINDS: readonly Kind[] = ["action", "workflow"];

/** The tables that hold them. */
export const TABLES: Readonly<Record<Kind, string>> = {
  action: "action_definitions_v2",
  workflow: "workflow_definitions_v2",
};

/** The project of rows that belong to nobody in particular, as the engine writes it. */
export const DEFAULT_PROJECT = "<default-project>";

/** The columns that are a seed's own; an older revision lacks some of them. */
export type SeedValues = Readonly<Record<string, Value>>;

/** A definition that is to be registered. */
export interface Seed {
  /** Whether it is an action or a workflow. */
  readonly kind: Kind;
  /** What it is called by. */
  readonly name: string;
  /** Names that other releases have for the same: a system row of that name becomes this one. */
  readonly otherNames: readonly string[];
  /** What it is called with: names, with defaults where there are any, as in `timeout=30`. */
  readonly inputs: readonly string[];
  /** What its row holds, by column. */
  readonly values: SeedValues;
}
