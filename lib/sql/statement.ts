/**
 * SQL text with its values kept apart, so that neither a driver nor an offline script has to
 * tell them apart.
 *
 * @module
 */

/** What a statement can carry as a value. Times are text in the form `YYYY-MM-DD HH:MM:SS`. */
export type Value = string | number | bigint | boolean | null | Uint8Array;

/**
 * What a statement refers to by name, if it is safe to say: the server's own catalog, or one table,
 * as the statement spells it. A server that looks names up in schemas of others can then be kept
 * from it.
 */
export type Scope = "catalog" | { readonly table: string };

/** One SQL statement without its terminator; `parts.length === values.length + 1`. */
export interface Statement {
  /** The text around the values. */
  readonly parts: readonly string[];
  /** The values between the parts. */
  readonly values: readonly Value[];
  /** All that it refers to by name; anything unless given. */
  readonly scope?: Scope;
}

/** One row of a result, by column name. */
export type Row = Readonly<Record<string, Value>>;

/** Wraps finished SQL text, which contains no values, as a statement. */
export function raw(text: string): Statement {
  return { parts: [text], values: [] };
}

/** The same statement, which refers to the server's own catalog and to nothing else. */
export const ofCatalog = (statement: Statement): Statement => ({ ...statement, scope: "catalog" });

/** The same statement, which refers to one table, in this spelling, and to nothing else. */
export const ofTable = (table: string, statement: Statement): Statement => ({
  ...statement,
  scope: { table },
});

/** Whether the argument is a statement, and so to be spliced in rather than carried as a value. */
function isStatement(part: Value | Statement): part is Statement {
  return typeof part === "object" && part !== null && "parts" in part;
}

/**
 * Template tag that builds a statement: a nested statement is spliced in, everything else becomes a
 * value that the driver binds or the script spells as a literal.
 *
 * @example
 * ```ts
 * import { raw, sql } from "./statement.ts";
 * import assert from "node:assert/strict";
 *
 * const statement = sql`SELECT * FROM ${raw("t")} WHERE id = ${7}`;
 * assert.deepEqual(statement, { parts: ["SELECT * FROM t WHERE id = ", ""], values: [7] });
 * ```
 */
export function sql(
  strings: TemplateStringsArray,
  ...inserted: readonly (Value | Statement)[]
): Statement {
  const parts = [strings[0]!];
  const values: Value[] = [];
  inserted.forEach((part, index) => {
    const following = strings[index + 1]!;
    if (isStatement(part)) {
      parts.push(parts.pop()! + part.parts[0]!, ...part.parts.slice(1));
      values.push(...part.values);
      parts.push(parts.pop()! + following);
    } else {
      values.push(part);
      parts.push(following);
    }
  });
  return { parts, values };
}

/** Joins statements into one, with `separator` between them. */
export function join(statements: readonly Statement[], separator = ", "): Statement {
  return statements.reduce(
    (joined, next, index) => index === 0 ? next : sql`${joined}${raw(separator)}${next}`,
    raw(""),
  );
}

/** The text of a statement, with a question mark for each value: for messages and logs. */
export const questionMarks = ({ parts }: Statement): string => parts.join("?");
