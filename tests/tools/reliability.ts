/**
 * The table in `docs/reliability.md`: what disturbs a work, how often that was tried, and how often the same
 * command then came to the end that it would have come to.
 *
 * @module
 */
const PAGE = new URL("../../docs/reliability.md", import.meta.url);

/** Where the table stands in the page. */
const TABLE = /(<!-- table: deno task test:matrix -->\n)[^]*?(\n<!-- end -->)/;

/** What a test prints: `killed, mysql, populate: 5 points tried, 5 converged`. */
const PROOF =
  /^(?<what>[^,\n]+), (?<rest>[^:\n]+): (?<tried>\d+) (?:points|rounds) tried, (?<converged>\d+) converged$/gm;

const DATABASES: Readonly<Record<string, string>> = {
  postgresql: "PostgreSQL",
  mysql: "MariaDB",
  sqlite: "SQLite",
};

/** The rows of the table: a work and a disturbance, and what was tried on each database. */
function rowsOf(output: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const rows = new Map<string, Map<string, string>>();
  for (const { groups } of output.matchAll(PROOF)) {
    const { what, rest, tried, converged } = groups as Record<string, string>;
    const [first, work] = rest!.split(", ") as [string, string?];
    // A test of a cluster names no database.
    const key = work === undefined ? `${what} | ${first}` : `${what} | ${work}`;
    const row = rows.get(key) ?? new Map<string, string>();
    row.set(DATABASES[first] ?? "MariaDB", `${converged} of ${tried}`);
    rows.set(key, row);
  }
  return rows;
}

/** The table, as Markdown. */
function tableOf(output: string): string {
  const names = Object.values(DATABASES);
  const lines = [["disturbed by", "work", ...names], Array(2 + names.length).fill("---")];
  for (const [key, row] of rowsOf(output)) {
    lines.push([...key.split(" | "), ...names.map((name) => row.get(name) ?? "")]);
  }
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** Replaces the table in the page with what the tests have printed. */
export async function writeReliability(output: string): Promise<void> {
  const page = await Deno.readTextFile(PAGE);
  await Deno.writeTextFile(
    PAGE,
    page.replace(TABLE, (_, before, after) => `${before}\n${tableOf(output)}\n${after}`),
  );
}

if (import.meta.main) await writeReliability(await new Response(Deno.stdin.readable).text());
