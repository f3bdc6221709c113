/**
 * The figures as a picture: for each work a bar for this program and one for each opponent.
 *
 * @module
 */
import type { Figure } from "./figures.ts";

const WIDTH = 860;
const LABEL = 330;
const BAR = 14;
const GAP = 4;
const HEADING = 30;

const DATABASES = { postgresql: "PostgreSQL", mysql: "MariaDB", sqlite: "SQLite" } as const;

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** Milliseconds for people. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${milliseconds.toFixed(0)} ms`;
  return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0)} s`;
}

interface Row {
  readonly name: string;
  readonly milliseconds: number;
  readonly isOurs: boolean;
}

interface Group {
  readonly title: string;
  readonly rows: readonly Row[];
}

function groupsOf(figures: readonly Figure[]): readonly Group[] {
  const groups = Map.groupBy(figures, ({ work, database }) => `${work}, ${DATABASES[database]}`);
  return [...groups].map(([title, own]) => ({
    title,
    rows: [
      { name: "mistral-db-manage in Deno", milliseconds: own[0]!.ours, isOurs: true },
      ...own.map(({ opponent, theirs }) => ({
        name: opponent,
        milliseconds: theirs,
        isOurs: false,
      })),
    ],
  }));
}

/** One bar with its name and its time; the longest of a group is as long as there is room. */
function bar({ name, milliseconds, isOurs }: Row, longest: number, y: number): string {
  const room = WIDTH - LABEL - 90;
  const length = Math.max(2, milliseconds / longest * room);
  const style = isOurs ? "ours" : "theirs";
  return [
    `<text class="name" x="${LABEL - 10}" y="${y + 11}" text-anchor="end">${escaped(name)}</text>`,
    `<rect class="${style}" x="${LABEL}" y="${y}" width="${
      length.toFixed(1)
    }" height="${BAR}" rx="2"/>`,
    `<text class="time" x="${(LABEL + length + 6).toFixed(1)}" y="${y + 11}">${
      duration(milliseconds)
    }</text>`,
  ].join("\n");
}

const STYLE = `
text { font: 12px system-ui, sans-serif; fill: #24292f }
.title { font-weight: 600; font-size: 13px }
.foot { font-size: 11px; fill: #57606a }
.ours { fill: #0a7d5a }
.theirs { fill: #b8c0c8 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .foot { fill: #9aa4ae } .ours { fill: #35c998 } .theirs { fill: #56616c }
}`;

/** Draws the figures; `foot` says when and on what they were measured. */
export function chart(figures: readonly Figure[], foot: string): string {
  const parts: string[] = [];
  let y = 8;
  for (const { title, rows } of groupsOf(figures)) {
    parts.push(`<text class="title" x="8" y="${y + 16}">${escaped(title)}</text>`);
    y += HEADING;
    const longest = Math.max(...rows.map(({ milliseconds }) => milliseconds));
    for (const row of rows) {
      parts.push(bar(row, longest, y));
      y += BAR + GAP;
    }
    y += GAP;
  }
  parts.push(`<text class="foot" x="8" y="${y + 16}">${escaped(foot)}</text>`);
  const height = y + 28;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" ` +
    `aria-label="Times of mistral-db-manage and of others">\n<style>${STYLE}</style>\n` +
    `${parts.join("\n")}\n</svg>\n`;
}
