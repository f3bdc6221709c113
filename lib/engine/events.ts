/**
 * What the engine reports of its work. It prints nothing itself: a command turns events into log
 * lines, JSON or a progress bar.
 *
 * @module
 */

import type { Plan } from "../plan/plan.ts";

/** One thing that happened during a run. */
export type RunEvent =
  /** Another run holds the lock; this one waits for it. */
  | { readonly kind: "waiting"; readonly holder: string; readonly timeoutSeconds: number }
  /** A migration begins; `position` counts from 1. */
  | {
    readonly kind: "running";
    readonly from: readonly string[];
    readonly to: string;
    readonly message: string;
    readonly position: number;
    readonly total: number;
  }
  /** The schema of several revisions is created directly; `position` counts from 1. */
  | {
    readonly kind: "creating";
    readonly to: string;
    readonly revisions: number;
    readonly position: number;
    readonly total: number;
  }
  /** The way back of a migration begins; `position` counts from 1. */
  | {
    readonly kind: "downgrading";
    readonly from: string;
    readonly to: readonly string[];
    readonly message: string;
    readonly position: number;
    readonly total: number;
  }
  /** An interrupted migration is resumed after its completed steps; null if they cannot be counted. */
  | {
    readonly kind: "resuming";
    readonly revision: string;
    readonly done: number | null;
    readonly of: number | null;
  }
  /** Others hold the work up; it is tried again, from the beginning of its transaction. */
  | {
    readonly kind: "blocked";
    readonly revision: string;
    /** Who is in the way; null where nobody can tell. */
    readonly holders: string | null;
    readonly retrySeconds: number;
  }
  /** A statement is sent to the server; values are not part of the text. */
  | {
    readonly kind: "statement";
    readonly revision: string;
    readonly text: string;
    /** What it does, for people. */
    readonly words: string;
  }
  /** A part of a statement is done; `unit` says what `done` and `total` count. */
  | {
    readonly kind: "progress";
    readonly revision: string;
    readonly unit: "rows" | "parts";
    /** What it is at, in the server's words; null where it is at the only thing that it does. */
    readonly phase: string | null;
    readonly done: number;
    /** Null if unknown. */
    readonly total: number | null;
  }
  /** The server has executed a statement: how many rows it changed, and how long it took. */
  | {
    readonly kind: "executed";
    readonly revision: string;
    readonly text: string;
    readonly rows: number;
    readonly seconds: number;
  }
  /** Something that the operator should know and the run survives. */
  | { readonly kind: "warning"; readonly revision: string; readonly message: string }
  /** A migration, or its way back, is complete, its row in the version table included. */
  | { readonly kind: "applied"; readonly revision: string; readonly seconds: number }
  /** The run is to stop; the statement that the server is at is given up, or comes to its end. */
  | { readonly kind: "stopping" }
  /** The run was stopped from outside; `kept` says in words what has been done and stays. */
  | { readonly kind: "stopped"; readonly kept: string }
  /** The schema is repaired, and its revision is written down. */
  | { readonly kind: "adopting"; readonly from: readonly string[]; readonly to: readonly string[] }
  /** The version table was changed without a migration. */
  | { readonly kind: "stamped"; readonly from: readonly string[]; readonly to: readonly string[] };

/** The same, and the plan as soon as what there is to do is known. */
export type EngineEvent = RunEvent | { readonly kind: "planned"; readonly plan: Plan };

/** Where events go. */
export type OnEvent = (event: EngineEvent) => void;
