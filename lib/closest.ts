/**
 * The known word that was most likely meant.
 *
 * @module
 */
import { distance } from "fastest-levenshtein";

/** The known word that is most like the given one; nothing when none is like it. */
export function closest(word: string, known: readonly string[]): string | undefined {
  const ranked = known.map((candidate) => ({ candidate, away: distance(word, candidate) }))
    .toSorted((left, right) => left.away - right.away);
  const best = ranked[0];
  return best && best.away <= Math.max(1, Math.floor(word.length / 3)) ? best.candidate : undefined;
}
