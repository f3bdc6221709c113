/**
 * Asking a server whether two defaults come to the same value.
 *
 * @module
 */
import type { Default } from "../schema/schema.ts";
import type { ColumnType } from "../schema/types.ts";
import type { DialectName } from "../sql/dialect_name.ts";
import { literals } from "../sql/literals.ts";
import { raw, type Statement } from "../sql/statement.ts";
import { typeText } from "./postgresql/types.ts";
import { defaultText } from "./spelling.ts";

/** CAST knows fewer types on MySQL than columns do. */
function castMysql({ kind }: ColumnType): string {
  if (kind === "datetime") return "DATETIME";
  return kind === "integer" || kind === "boolean" ? "SIGNED" : "CHAR";
}

/** Compares two expressions as values of a column; texts differ by case as well. */
const comparisons: Readonly<
  Record<DialectName, (left: string, right: string, type: ColumnType) => string>
> = {
  postgresql: (left, right, type) =>
    `CAST(${left} AS ${typeText(type)}) IS NOT DISTINCT FROM CAST(${right} AS ${typeText(type)})`,
  mysql: (left, right, type) =>
    `BINARY CAST(${left} AS ${castMysql(type)}) <=> BINARY CAST(${right} AS ${castMysql(type)})`,
  sqlite: (left, right) => `(${left}) IS (${right})`,
};

/** A query whose one row says, in `same`, whether two defaults give a column the same value. */
export function defaultsAreEqual(
  dialect: DialectName,
  left: Default,
  right: Default,
  type: ColumnType,
): Statement {
  const [first, second] = [left, right].map((value) => defaultText(value, literals[dialect]));
  return raw(
    `SELECT CASE WHEN ${
      comparisons[dialect](`(${first})`, `(${second})`, type)
    } THEN 1 ELSE 0 END AS same`,
  );
}
