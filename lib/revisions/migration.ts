/**
 * A migration: where it stands in the history, and what it does, as data.
 *
 * @module
 */
import type { Operation } from "../operations/operation.ts";
import type { RevisionNode } from "./revision.ts";

/** What a migration's file exports. */
export interface Revision extends RevisionNode {
  /** When it was written, as an ISO 8601 date and time. */
  readonly created: string;
  /** From the revision before it to this one. */
  readonly upgrade: readonly Operation[];
  /** Back to the revision before it; without it there is no way back. */
  readonly downgrade?: readonly Operation[];
}
