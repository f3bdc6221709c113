/**
 * Which constraints and indexes of two tables are the same.
 *
 * @module
 */

/** Something of a table that has a name. */
interface Named {
  readonly name: string;
}

/** What two lists have in common, and what only one of them has. */
export interface Matched<T extends Named> {
  /** Only in the first. */
  readonly gone: readonly T[];
  /** Only in the second. */
  readonly come: readonly T[];
  /** In both, in the first's form and in the second's. */
  readonly kept: readonly (readonly [T, T])[];
}

/**
 * Matches what is alike, by name first. Where `anyName` says so of a name in the second list, its
 * bearer then goes with a like one of any name that is left.
 */
export function match<T extends Named>(
  from: readonly T[],
  to: readonly T[],
  alike: (left: T, right: T) => boolean,
  anyName: (name: string) => boolean,
): Matched<T> {
  const gone = new Set(from);
  const come = new Set(to);
  const kept: (readonly [T, T])[] = [];
  const pair = (fits: (left: T, right: T) => boolean): void => {
    for (const right of come) {
      const left = [...gone].find((candidate) => fits(candidate, right) && alike(candidate, right));
      if (!left) continue;
      gone.delete(left);
      come.delete(right);
      kept.push([left, right]);
    }
  };
  pair((left, right) => left.name === right.name);
  pair((_left, right) => anyName(right.name));
  return { gone: [...gone], come: [...come], kept };
}
