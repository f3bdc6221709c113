/**
 * The table of releases, against what is written down of each: fails where a step of "Adding a release" in
 * CONTRIBUTING.md was forgotten.
 */
import assert from "node:assert/strict";
import { RELEASE_ALIASES, RELEASES } from "../../lib/revisions/target/releases.ts";
import { STANDARD_ACTIONS } from "../../lib/seeds/standard/actions.ts";
import { jsonFixture } from "../tools/fixtures.ts";
import { graph, head } from "../tools/migrations.ts";
import { place } from "../tools/program.ts";

const { releases } = await jsonFixture<{ releases: readonly Record<string, unknown>[] }>(
  "releases.json",
);

Deno.test("the table has every release that is written down, and no other", () => {
  const written = releases.map(({ version, series, date, head }) => ({
    ...{ version, series, date, head },
  }));
  assert.deepEqual(RELEASES, written);
});

/** The series after another, since there are two a year. */
function following(series: string): string {
  const [year, half] = series.split(".").map(Number) as [number, number];
  return half === 1 ? `${year}.2` : `${year + 1}.1`;
}

Deno.test("releases follow each other without a gap", () => {
  const order = [...graph.members.keys()];
  for (const [index, { series, version, date, head }] of RELEASES.entries()) {
    assert.ok(order.includes(head), `${series}: there is no migration ${head}`);
    const before = RELEASES[index - 1];
    if (!before) continue;
    assert.ok(before.date < date, `${series} is not younger than ${before.series}`);
    assert.ok(order.indexOf(before.head) <= order.indexOf(head), `${series} goes back to ${head}`);
    // Kilo alone was numbered by its year.
    if (index > 1) assert.equal(Number.parseInt(version), Number.parseInt(before.version) + 1);
    if (/^\d/.test(before.series)) assert.equal(series, following(before.series));
  }
});

Deno.test("a release goes by its series and by its version", () => {
  for (const { series, version, head } of RELEASES) {
    assert.equal(RELEASE_ALIASES[series], head);
    assert.equal(RELEASE_ALIASES[version], head);
  }
});

Deno.test("what a standard action is since is a release", () => {
  const series = RELEASES.map((release) => release.series);
  for (const { name, inputs } of STANDARD_ACTIONS) {
    for (const { since } of inputs) assert.ok(series.includes(since), `${name}: ${since}`);
  }
});

Deno.test("the newest release is a target, and is shown with its revision", async () => {
  const { series, version, head: newest } = RELEASES.at(-1)!;
  await using at = await place();
  const { exit, stdout } = await at.run(
    `export OS_DATABASE__CONNECTION=sqlite:///db; mistral-db-manage --quiet upgrade ${series} && ` +
      "mistral-db-manage --quiet current --verbose && mistral-db-manage --quiet seeds && " +
      "mistral-db-manage --version",
  );
  assert.equal(exit, 0);
  assert.match(stdout, new RegExp(`^Rev: ${newest}\\b`, "m"));
  assert.ok(stdout.includes(`${series} (${version})\n`), stdout);
  assert.ok(stdout.includes(`kilo to ${series}\n`), stdout);
  const known = newest === head ? `release ${series}` : `after release ${series}`;
  assert.ok(stdout.includes(`${known}, Deno`), stdout);
});
