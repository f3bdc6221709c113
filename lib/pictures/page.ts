/**
 * The schemas of all revisions as one page that stands alone: every table and column, which revision
 * brought it, and a slider over the revisions.
 *
 * @module
 */
import { jsonText } from "../text/printable.ts";
import { markup } from "./markup.ts";
import type { ShownRevision, ShownTable } from "./model.ts";
import { SCRIPT } from "./page_script.ts";
import { STYLE } from "./page_style.ts";

/** Revisions that refer to their tables by number: most tables stay as they are for long. */
function numbered(revisions: readonly ShownRevision[], start: number) {
  const tables: ShownTable[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (table: ShownTable): number => {
    const text = JSON.stringify(table);
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, tables.length);
    return tables.push(table) - 1;
  };
  const numberedRevisions = revisions.map((one) => ({ ...one, tables: one.tables.map(numberOf) }));
  return { start, tables, revisions: numberedRevisions };
}

/**
 * The page.
 *
 * @param start The revision that is shown first.
 * @param picture SVG of that revision.
 */
export function page(
  revisions: readonly ShownRevision[],
  start: string,
  picture: string,
): string {
  const index = revisions.findIndex(({ revision }) => revision === start);
  // A "<" in a string cannot end the script.
  const data = jsonText(numbered(revisions, index)).replaceAll("<", "\\u003c");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>The database of OpenStack Mistral</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>The database of OpenStack Mistral</h1>
<div class="controls">
<input id="revision" type="range" min="0" aria-label="Revision">
<input id="search" type="search" placeholder="Table or column" aria-label="Search">
<label><input id="changed" type="checkbox"> changes only</label>
<button id="theme" type="button">Light or dark</button>
<span class="legend"><span style="background:var(--added)">added</span>
<span style="background:var(--changed)">changed</span>
<span style="background:var(--removed)">removed</span> by this revision</span>
</div>
<p id="about"></p>
</header>
<main id="tables"></main>
<details><summary>Picture of ${markup(start)}</summary>
${picture}
</details>
<script>const DATA = ${data};${SCRIPT}</script>
</body>
</html>`;
}
