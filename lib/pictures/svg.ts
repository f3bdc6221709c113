/**
 * A schema as a picture, drawn by Graphviz, which is loaded for this alone.
 *
 * @module
 */
import { dot, type Marks } from "./dot.ts";
import type { ShownTable } from "./model.ts";

/** The picture, as SVG that stands alone. */
export async function svg(tables: readonly ShownTable[], marks?: Marks): Promise<string> {
  const { instance } = await import("@viz-js/viz");
  const drawn = (await instance()).renderString(dot(tables, marks), { format: "svg" });
  return drawn.slice(drawn.indexOf("<svg")).trimEnd();
}
