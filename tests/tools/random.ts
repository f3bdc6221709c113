/**
 * Random choices that can be made again.
 *
 * @module
 */

/** A seed from the environment, or a new one; tests print it with what they chose. */
export function seedOf(variable: string): number {
  const given = Deno.env.get(variable);
  return given ? Number(given) : Math.floor(Math.random() * 1_000_000);
}

/** Whole numbers from 0 to below the limit: the generator is Mulberry32. */
export function randomFrom(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor(((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296 * limit);
  };
}
