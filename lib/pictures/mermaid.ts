/**
 * A schema as a diagram of Mermaid, which forges and editors draw.
 *
 * Source: https://mermaid.js.org/syntax/entityRelationshipDiagram.html
 *
 * @module
 */
import { identifier } from "./identifier.ts";
import type { ShownColumn, ShownTable } from "./model.ts";

function columnLine({ name, type, primaryKey, refers }: ShownColumn): string {
  const keys = [...(primaryKey ? ["PK"] : []), ...(refers ? ["FK"] : [])].join(", ");
  return `    ${type.replaceAll(/[^\w()]/g, "_")} ${identifier(name)}${keys && ` ${keys}`}`;
}

/** The diagram. */
export function mermaid(tables: readonly ShownTable[]): string {
  const boxes = tables.flatMap(({ name, columns }) => [
    `  ${identifier(name)} {`,
    ...columns.map(columnLine),
    "  }",
  ]);
  const lines = tables.flatMap(({ name, columns }) =>
    columns.flatMap(({ name: column, refers, nullable }) =>
      refers
        ? [
          `  ${identifier(refers.table)} ${nullable ? "|o" : "||"}--o{ ${identifier(name)} : ` +
          identifier(column),
        ]
        : []
    )
  );
  return ["erDiagram", ...boxes, ...lines].join("\n");
}
