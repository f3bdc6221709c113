/**
 * The error that revision graphs and targets are refused with.
 *
 * @module
 */

import { RefusedError } from "../../errors.ts";

/** The kind of error, in Alembic's class names; `CommandError` is raised by a command itself. */
export type RevisionErrorType =
  | "CommandError"
  | "CycleDetected"
  | "DependencyCycleDetected"
  | "DependencyLoopDetected"
  | "LoopDetected"
  | "MultipleHeads"
  | "RangeNotAncestorError"
  | "ResolutionError"
  | "RevisionError";

/** Other messages for the same causes, about a command's own arguments. */
export interface Wording {
  /** Replaces the message of a `RangeNotAncestorError`. */
  readonly notAncestor?: (lower: string, upper: string) => string;
  /** Replaces the message of a `MultipleHeads`. */
  readonly multipleHeads?: (argument: string) => string;
}

/** The parts of a {@linkcode RevisionError}. */
export interface RevisionErrorDetails {
  /** The sentence to the operator. */
  readonly message: string;
  /** The cause's own message, if it differs. */
  readonly raw?: string;
  /** The arguments that the message names, for {@linkcode reworded}. */
  readonly subject?: readonly [string, string?];
}

/** A graph of revisions, or a request for some of them, that is refused. */
export class RevisionError extends RefusedError {
  /** The name of the class. */
  override name = "RevisionError";
  /** What was wrong. */
  readonly type: RevisionErrorType;
  /** The cause's own message; equals the message if there is only one. */
  readonly raw: string;
  /** The arguments that the message names. */
  readonly subject: readonly [string, string?];

  /** Takes the kind of error and its messages. */
  constructor(type: RevisionErrorType, details: RevisionErrorDetails) {
    super({ failed: details.message });
    this.type = type;
    this.raw = details.raw ?? details.message;
    this.subject = details.subject ?? [""];
  }
}

/**
 * Runs an action and rewords its refusals.
 *
 * @throws {RevisionError} what the action threw, reworded.
 */
export function reworded<T>(wording: Wording, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw error instanceof RevisionError ? rephrase(error, wording) : error;
  }
}

function rephrase(error: RevisionError, wording: Wording): RevisionError {
  const [first, second = ""] = error.subject;
  const message = error.type === "RangeNotAncestorError"
    ? wording.notAncestor?.(first, second)
    : error.type === "MultipleHeads"
    ? wording.multipleHeads?.(first)
    : undefined;
  if (message === undefined) return error;
  return new RevisionError(error.type, { message, raw: error.raw, subject: error.subject });
}
