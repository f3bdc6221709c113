/** The embedded seeds of each release. */
import assert from "node:assert/strict";
import { historyOf } from "../../lib/plan/fold.ts";
import { RELEASES } from "../../lib/revisions/target/releases.ts";
import { embeddedSeeds } from "../../lib/seeds/embedded.ts";
import { listSeeds } from "../../lib/seeds/listing.ts";
import { type DefinitionInFile, readDefinitions } from "../../lib/definitions/definition_file.ts";
import { createInstance } from "../../lib/seeds/standard/create_instance.ts";
import { deleteInstance } from "../../lib/seeds/standard/delete_instance.ts";
import { waitSsh } from "../../lib/seeds/standard/wait_ssh.ts";
import { jsonFixture } from "../tools/fixtures.ts";
import { must } from "../packaging/builds.ts";
import { graph } from "../tools/migrations.ts";

interface ReleaseFacts {
  readonly series: string;
  readonly head: string;
  readonly actionsInDatabase: boolean;
  readonly standardActions: "as above" | readonly { name: string; class: string; input: string }[];
}

const seedsAt = (revision: string) =>
  embeddedSeeds(new Set(historyOf(graph, [revision]).map(({ id }) => id)));

const { releases } = await jsonFixture<{ releases: readonly ReleaseFacts[] }>("releases.json");

/** The standard actions of each release, with what "as above" stands for. */
const facts = releases.map((release, index) => {
  const above = releases.slice(0, index + 1).findLast(({ standardActions }) =>
    standardActions !== "as above"
  )!;
  return { ...release, standardActions: release.actionsInDatabase ? above.standardActions : [] };
});

for (const { series, head, standardActions } of facts) {
  Deno.test(`${series} at ${head} registers its standard actions`, () => {
    const registered = seedsAt(head).filter(({ values }) => values.is_system && !values.spec);
    assert.deepEqual(
      registered.map(({ values: { name, action_class, input } }) => ({
        name,
        class: action_class,
        input,
      })),
      standardActions,
    );
  });
}

Deno.test("between two releases, the actions are those of the older one", () => {
  const inputAt = (revision: string) =>
    seedsAt(revision).find(({ name }) => name === "std.mistral_http")!.values.input;
  assert.match(String(inputAt("023")), /^action_context, /);
  assert.match(String(inputAt("024")), /^url, /);
  assert.equal(inputAt("001"), inputAt("002"));
  assert.equal(inputAt("038"), inputAt("037"));
});

Deno.test("up to 034 the workflows have other names", () => {
  const workflowsAt = (revision: string) =>
    seedsAt(revision).filter(({ kind }) => kind === "workflow");
  for (const [revision, prefix] of [["034", "std."], ["035", ""]] as const) {
    const found = workflowsAt(revision);
    assert.deepEqual(found.map(({ name }) => name), [
      `${prefix}create_instance`,
      `${prefix}delete_instance`,
    ]);
  }
});

Deno.test("the embedded specifications are what reading the embedded texts gives", () => {
  const name = "site.any";
  for (const embedded of [waitSsh, createInstance(name), deleteInstance(name)]) {
    const [{ line: _, ...found }] = readDefinitions(embedded.text).definitions as [
      DefinitionInFile,
    ];
    // The text of std.wait_ssh has no description; its row has.
    assert.deepEqual(found, { ...embedded, description: null });
  }
});

Deno.test("populate loads no reader of YAML", async () => {
  const entry = new URL("../../lib/seeds/populate.ts", import.meta.url).pathname;
  const found = await must(Deno.execPath(), ["info", "--json", entry]);
  assert.match(found, /lib\/seeds\/standard\/wait_ssh\.ts/);
  assert.doesNotMatch(found, /lib\/definitions\/(?!definition\.ts)|npm:yaml/);
});

Deno.test("the list says for which releases each seed is", () => {
  const listed = listSeeds(graph);
  const releasesOf = (name: string) =>
    listed.filter((seed) => seed.name === name).map(({ releases }) => releases);
  const series = RELEASES.map((release) => release.series);
  assert.deepEqual(releasesOf("std.wait_ssh"), [series]);
  assert.deepEqual(releasesOf("create_instance"), [series.slice(10)]);
  assert.deepEqual(releasesOf("std.create_instance"), [series.slice(0, 10)]);
  assert.deepEqual(releasesOf("std.echo"), [series.slice(0, 9), ["train", "ussuri"]]);
  assert.deepEqual(
    listed.find(({ name }) => name === "std.test_dict")!.inputs,
    ["size=0", 'key_prefix=""', 'val=""'],
  );
});
