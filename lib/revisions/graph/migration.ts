/**
 * A migration: its place in the history, and its operations, as data.
 *
 * @module
 */
import type { Operation } from "../../operations/operation.ts";
import type { RevisionNode } from "./revision.ts";

/** The source of a migration that is not part of the program. */
export interface Origin {
  /** The file. */
  readonly path: string;
  /** SHA-256 of what it does, in hexadecimal digits. */
  readonly checksum: string;
}

/** What a migration's file exports. */
export interface Revision extends RevisionNode {
  /** When it was written, as an ISO 8601 date and time. */
  readonly created: string;
  /** From the revision before it to this one. */
  readonly upgrade: readonly Operation[];
  /** Back to the revision before it; missing if it cannot be reverted. */
  readonly downgrade?: readonly Operation[];
  /** The file that it was read from; the embedded migrations have none. */
  readonly origin?: Origin;
}
