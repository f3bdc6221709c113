/**
 * Texts that have another type than a migration gave them, and may keep it.
 *
 * @module
 */
import type { Column } from "../../../schema/schema.ts";
import type { ColumnType } from "../../../schema/types.ts";
import type { ComparedSchemas } from "../../catalog.ts";

/** What kinds of text take, in order. */
const TEXTS: readonly ColumnType["kind"][] = ["text", "mediumText", "longText"];

/** Whether a column only has more room for text than it needs, as after CONVERT TO CHARACTER SET. */
const isWider = (now: Column, wanted: Column): boolean =>
  TEXTS.includes(wanted.type.kind) &&
  TEXTS.indexOf(now.type.kind) > TEXTS.indexOf(wanted.type.kind);

const LONG_TEXTS = TEXTS.slice(1);

/**
 * Whether all long texts of a database are TEXT: SQLAlchemy takes mariadb:// for another database than
 * mysql://, so that upstream's tool makes none of its types for MySQL there.
 */
function hasPlainTexts({ live, wanted }: ComparedSchemas): boolean {
  const pairs = [...wanted.tables.values()].flatMap(({ name, columns }) =>
    columns.filter(({ type }) => LONG_TEXTS.includes(type.kind)).flatMap((column) =>
      live.tables.get(name)?.columns.filter((now) => now.name === column.name) ?? []
    )
  );
  return pairs.length > 1 && pairs.every(({ type }) => type.kind === "text");
}

/** Why a column may keep its type; null where it may not. */
export function whyTypeMayStay(
  now: Column,
  wanted: Column,
  schemas: ComparedSchemas,
): string | null {
  if (isWider(now, wanted)) return "it only has more room, as after CONVERT TO CHARACTER SET";
  return LONG_TEXTS.includes(wanted.type.kind) && hasPlainTexts(schemas)
    ? "upstream's tool makes it so for mariadb:// URLs, and it holds 64 KiB at the most"
    : null;
}
