/**
 * Names in languages of pictures, all of which take letters, digits and underscores.
 *
 * @module
 */

/** A name of that kind for each name; most stay as they are. */
export function identifier(name: string): string {
  return name.replace(/\W/gu, (character) => `_${character.codePointAt(0)!.toString(16)}_`);
}
