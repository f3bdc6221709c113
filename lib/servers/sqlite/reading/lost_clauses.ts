/**
 * What the text of a CREATE TABLE says and no PRAGMA function tells, so that a table that is made
 * again would lose it.
 *
 * @module
 */

/** Names, texts and comments, in which any word may stand. */
const QUOTED = /"(?:[^"]|"")*"|'(?:[^']|'')*'|`[^`]*`|\[[^\]]*\]|--[^\n]*|\/\*[^]*?\*\//g;

/** Clauses by what an operator finds in the text. */
const CLAUSES: Readonly<Record<string, RegExp>> = {
  CHECK: /\bCHECK\s*\(/i,
  COLLATE: /\bCOLLATE\b/i,
  AS: /\bAS\s*\(/i,
  AUTOINCREMENT: /\bAUTOINCREMENT\b/i,
  DEFERRABLE: /\bDEFERRABLE\b/i,
  "ON CONFLICT": /\bON\s+CONFLICT\b/i,
  "WITHOUT ROWID": /\bWITHOUT\s+ROWID[^()]*$/i,
  STRICT: /\bSTRICT\b[^()]*$/i,
};

/** The clauses in a CREATE TABLE that a rebuild would lose. */
export function lostClauses(createTable: string): readonly string[] {
  // A blank in their place, so that the words around them stay apart.
  const text = createTable.replace(QUOTED, " ");
  return Object.keys(CLAUSES).filter((clause) => CLAUSES[clause]!.test(text));
}
