/**
 * The known word that is most similar to a given one.
 *
 * @module
 */
import { distance } from "fastest-levenshtein";

/** The known word most similar to the given one; undefined if none is similar enough. */
export function closest(word: string, known: readonly string[]): string | undefined {
  const ranked = known.map((candidate) => ({ candidate, away: distance(word, candidate) }))
    .toSorted((left, right) => left.away - right.away);
  const best = ranked[0];
  return best && best.away <= Math.max(1, Math.floor(word.length / 3)) ? best.candidate : undefined;
}

/** Whether at most so many letters of a word are other ones than those of the known word. */
export function isNear(word: string, known: string, letters: number): boolean {
  return Math.abs(word.length - known.length) <= letters && distance(word, known) <= letters;
}
