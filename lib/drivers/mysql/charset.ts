/**
 * The character set of a session on MySQL.
 *
 * @module
 */
import mysql from "mysql2";
import { OperatorError } from "../../errors.ts";

/** Names that the package lacks, and its own name for the same character set. */
const SYNONYMS: Readonly<Record<string, string>> = { UTF8MB3: "UTF8" };

/**
 * The number by which a server knows a character set, with the collation that PyMySQL takes for it.
 *
 * @param name As in `utf8mb4`; null: that one.
 * @throws {OperatorError} When there is no such character set.
 */
export function charsetNumber(name: string | null): number {
  const upper = (name ?? "utf8mb4").toUpperCase();
  const numbers = mysql.Charsets as unknown as Readonly<Record<string, number>>;
  const number = numbers[SYNONYMS[upper] ?? upper];
  if (number !== undefined) return number;
  throw new OperatorError(
    `Cannot use the database URL: unknown character set "${name}"; use charset=utf8mb4`,
  );
}
