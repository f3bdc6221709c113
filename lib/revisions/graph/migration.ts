/**
 * A migration: its place in the history, and its operations, as data.
 *
 * @module
 */
import type { Operation } from "../../operations/operation.ts";

/** What a migration's file exports. */
export interface Revision {
  /** The identifier, which is what the version table holds. */
  readonly id: string;
  /** The revision or revisions that this one comes after; `null` starts a new history. */
  readonly down: string | readonly string[] | null;
  /** What it does, in a few words. */
  readonly message: string;
  /** Names of the branch that starts here. */
  readonly labels?: readonly string[];
  /** Ids or labels of revisions on other branches that must have run before. */
  readonly dependsOn?: readonly string[];
  /** When it was written, as an ISO 8601 date and time. */
  readonly created: string;
  /** From the revision before it to this one. */
  readonly upgrade: readonly Operation[];
  /** Back to the revision before it; missing if it cannot be reverted. */
  readonly downgrade?: readonly Operation[];
  /** The file that it was read from, and the SHA-256 of what it does; the embedded ones have none. */
  readonly origin?: { readonly path: string; readonly checksum: string };
}
