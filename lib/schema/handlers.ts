/**
 * One function for each kind of change, as a table: a kind or a part that has none does not compile.
 *
 * @module
 */
import type { Change, ChangeKind } from "./change.ts";

/** A change of a part of a table. */
type PartKind = "add" | "alter" | "drop";

type Handler<C, A extends readonly unknown[], T> = (change: C, ...context: A) => T;

/**
 * What to do with a change of each kind; where the parts of a table differ, with one of each part.
 * `A` is what the functions are told besides the change, and `T` what they give.
 */
export type Handlers<A extends readonly unknown[], T, K extends ChangeKind = ChangeKind> = {
  readonly [Q in K]:
    | Handler<Change<Q>, A, T>
    | (Q extends PartKind ? {
        readonly [P in Change<Q>["part"]]: Handler<Change<Q, P>, A, T>;
      }
      : never);
};

/** Calls the function that the table has for the change. */
export function handle<A extends readonly unknown[], T, K extends ChangeKind>(
  handlers: Handlers<A, T, K>,
  change: Change<K>,
  ...context: A
): T {
  // The type of the table says that the function is the change's own.
  const own: unknown = handlers[change.kind];
  const handler = typeof own === "function"
    ? own
    : (own as Readonly<Record<string, unknown>>)[(change as Change<PartKind>).part];
  return (handler as Handler<Change<K>, A, T>)(change, ...context);
}
