/** The steps of "Adding a check to doctor" in CONTRIBUTING.md. */
import assert from "node:assert/strict";
import type { Check } from "../../lib/doctor/mod.ts";
import { checksOf } from "../../lib/doctor/checks/mod.ts";
import { dialects } from "../tools/dialects.ts";
import { isRenewing } from "../tools/fixtures.ts";

const CHECKS = new URL("../../lib/doctor/checks/", import.meta.url);
const PAGE = new URL("../../docs/checks.md", import.meta.url);
/** Checks whose case needs more servers than one: the test that has it. */
const ELSEWHERE: Readonly<Record<string, string>> = { galera: "../matrix/galera_test.ts" };
const MARKS = /(?<=<!-- checks -->\n\n)[^]*(?=\n<!-- end of checks -->)/;

const servers = await Promise.all(
  Object.values(dialects).map(async (server) => checksOf(await server.health())),
);
/** The checks of all servers, by name, in the order in which the longest list has them. */
const checks = new Map(
  servers.toSorted((left, right) => right.length - left.length).flat()
    .map((check) => [check.name, check]),
);

async function* modulesIn(folder: URL): AsyncIterable<URL> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) yield* modulesIn(new URL(`${name}/`, folder));
    else yield new URL(name, folder);
  }
}

const isCheck = (value: unknown): value is Check =>
  typeof value === "object" && value !== null && "examine" in value;

Deno.test("every check of lib/doctor/checks/ is made", async () => {
  for await (const module of modulesIn(CHECKS)) {
    for (const check of Object.values(await import(module.href)).filter(isCheck)) {
      assert.equal(checks.get(check.name), check, module.pathname);
    }
  }
});

Deno.test("every check has a case", async () => {
  let cases = "";
  for await (const module of modulesIn(new URL("./", import.meta.url))) {
    if (module.pathname !== new URL(import.meta.url).pathname) {
      cases += await Deno.readTextFile(module);
    }
  }
  for (const name of checks.keys()) {
    const path = ELSEWHERE[name];
    if (path === undefined) {
      assert.match(cases, new RegExp(`\\[\\s*"${name}",\\s*"(success|warning|failure)"`), name);
    } else {
      const text = await Deno.readTextFile(new URL(path, import.meta.url));
      assert.ok(text.includes(`check.name === "${name}"`), name);
    }
  }
});

/** A table as `deno fmt` leaves it. */
function table(rows: readonly (readonly [string, string])[]): string {
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  const [heading, ...others] = rows.map((row) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |\n`
  );
  return `${heading}| ${widths.map((width) => "-".repeat(width)).join(" | ")} |\n${
    others.join("")
  }`;
}

Deno.test("docs/checks.md lists the checks", async () => {
  const rows = [...checks.values()].map(({ name, reason }) => [`\`${name}\``, reason] as const);
  const expected = table([["check", "why"], ...rows]);
  const page = await Deno.readTextFile(PAGE);
  if (isRenewing) await Deno.writeTextFile(PAGE, page.replace(MARKS, () => expected));
  else assert.equal(MARKS.exec(page)?.[0], expected, "run deno task fixtures");
});
