/**
 * The pages of `docs/`: runs every command in a "console" block, in order, on a database for that page
 * alone, and compares the output with the text below it. `deno task fixtures` updates the output.
 *
 * - `<!-- database: mysql -->` at the top chooses the database; it is SQLite otherwise
 * - `<!-- run: COMMAND -->` runs a command without showing it
 *
 * Command lines elsewhere in a page are read as the program reads them.
 *
 * The database is configured in `~/.mistral/mistral.conf`. Times, and where the database is, read alike on
 * each run.
 */
import assert from "node:assert/strict";
import { parse } from "../../lib/cli/argv/parse.ts";
import { namesOf } from "../../lib/cli/command.ts";
import { COMMANDS } from "../../lib/commands/table.ts";
import type { DialectName } from "../../lib/servers/database.ts";
import { freshDatabase, isAvailable, type TestDatabase } from "../tools/databases.ts";
import { isRenewing } from "../tools/fixtures.ts";
import { type Place, place } from "../tools/program.ts";

const DOCS = new URL("../../docs/", import.meta.url);

const PIECE = /^```console\n([^]*?)^```$|^<!-- run: (.*?) -->$/gm;

/** The text with what differs from run to run made alike. */
function alike(text: string, { directory }: Place, { url, name, dialect }: TestDatabase): string {
  const { host, username } = new URL(url);
  // In a table the line must stay as long as it is.
  const there = (found: string) =>
    `${dialect}://${username}:***@db.example.com/mistral`.padEnd(found.length);
  return text
    .replaceAll(new RegExp(`${dialect}://\\S+@${host}/${name}(?:, on this machine)?`, "g"), there)
    .replaceAll(directory, "/home/operator")
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, "2026-11-25T03:00:00Z")
    .replaceAll(/(MariaDB \d+\.\d+)\.\d+/g, "$1.19")
    .replaceAll(/[ \t]+$/gm, "");
}

/** Runs the commands of a block; gives the block with what they say. */
async function played(block: string, at: Place, database: TestDatabase): Promise<string> {
  const commands = block.match(/^\$ .*(?:\\\n.*)*$/gm) ?? [];
  const parts: string[] = [];
  for (const command of commands) {
    const { stdout, stderr } = await at.run(`{ ${command.slice(2)}\n} 2>&1`);
    assert.equal(stderr, "");
    parts.push(`${command}\n${alike(stdout, at, database)}`);
  }
  return parts.join("");
}

async function renewed(page: string, at: Place, database: TestDatabase): Promise<string> {
  let text = "";
  let end = 0;
  for (const piece of page.matchAll(PIECE)) {
    const [whole, block, hidden] = piece;
    text += page.slice(end, piece.index);
    end = piece.index + whole.length;
    if (hidden !== undefined) {
      const { exit, stderr } = await at.run(hidden);
      assert.equal(exit, 0, `${hidden}: ${stderr}`);
      text += whole;
    } else text += `\`\`\`console\n${await played(block!, at, database)}\`\`\``;
  }
  return text + page.slice(end);
}

for await (const { name } of Deno.readDir(DOCS)) {
  if (!name.endsWith(".md")) continue;
  const file = new URL(name, DOCS);
  const page = await Deno.readTextFile(file);
  if (!page.includes("```console")) continue;
  const dialect = (/^<!-- database: (\w+) -->$/m.exec(page)?.[1] ?? "sqlite") as DialectName;
  Deno.test(
    `docs/${name} shows what the program says`,
    { ignore: !isAvailable(dialect) },
    async () => {
      await using database = await freshDatabase(dialect);
      await using at = await place();
      await Deno.mkdir(`${at.directory}/.mistral`);
      await Deno.writeTextFile(
        `${at.directory}/.mistral/mistral.conf`,
        `[database]\nconnection = ${database.url}\n`,
      );
      const now = await renewed(page, at, database);
      if (isRenewing) await Deno.writeTextFile(file, now);
      else assert.equal(now, page, "run deno task fixtures");
    },
  );
}

/** The README, and all pages. */
async function* pages(): AsyncGenerator<{ readonly url: URL; readonly text: string }> {
  const urls = [new URL("../README.md", DOCS)];
  for await (const { name } of Deno.readDir(DOCS)) {
    if (name.endsWith(".md")) urls.push(new URL(name, DOCS));
  }
  for (const url of urls) yield { url, text: await Deno.readTextFile(url) };
}

/** The command lines within the sentences of a page and in its lists of commands; synopses are none. */
function commandLines(text: string): readonly string[] {
  const names = namesOf(COMMANDS).join("|");
  const spans = [...text.matchAll(/`([^`\n]+)`/g)].map(([, span]) => span!);
  const lines = text.split("\n").map((line) => line.replace(/ # .*/, "").trim());
  return [
    ...spans.filter((span) => new RegExp(`^(mistral-db-manage|${names}) \\S`).test(span)),
    ...lines.filter((line) => line.startsWith("mistral-db-manage ")),
  ].filter((line) => !line.includes("["));
}

Deno.test("the program takes every command line that a page names", async () => {
  let count = 0;
  for await (const { url, text } of pages()) {
    for (const line of commandLines(text)) {
      const words = line.replace(/^mistral-db-manage /, "").match(/"[^"]*"|[^\s…]+/g) ?? [];
      const parsed = await parse(words.map((word) => word.replaceAll('"', "")), COMMANDS);
      const problem = parsed.kind === "mistake" ? parsed.error.message : "";
      // A sentence may name an option without its value.
      assert.match(problem, /^$|: expected one argument$/, `${url}: ${line}`);
      count += 1;
    }
  }
  assert.ok(count > 50, `${count}`);
});

Deno.test("every link within the docs and the README leads somewhere", async () => {
  for await (const { url, text } of pages()) {
    for (const [, target] of text.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)) {
      assert.ok(
        await Deno.stat(new URL(target!, url)).then(() => true, () => false),
        `${url}: ${target}`,
      );
    }
  }
});
