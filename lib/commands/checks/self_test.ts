import { connect } from "../../servers/connecting/connect.ts";
import { populate } from "../../seeds/mod.ts";
import { embeddedDigest } from "../shared/embedded.ts";
import { migrations } from "../../../migrations/mod.ts";
import { drivers } from "../../servers/drivers.ts";
import { TEMPORARY_DATABASE } from "../../servers/names.ts";
import { upgrade } from "../../engine/verbs/upgrade.ts";
import { fold } from "../../plan/fold.ts";
import { diff } from "../../schema/diff/mod.ts";
import type { Database } from "../../servers/database.ts";
import type { RevisionGraph } from "../../revisions/graph/graph.ts";
import type { Revision } from "../../revisions/graph/migration.ts";
import { OperatorError } from "../../errors.ts";
import type { CommandFunction } from "../../cli/command.ts";
import type * as specs from "../specs.ts";
import type { Context } from "../../cli/context.ts";
import { loadEmbeddedGraph } from "../../cli/context.ts";

function refuse(problem: string): never {
  throw new OperatorError({
    failed: "Cannot trust this program",
    because: `${problem}; this copy of the program is damaged`,
    remedy: "download it again",
  });
}

/** Compares the migrations and seeds of a built program with those of its build. */
async function testData({ host: { build } }: Context): Promise<string> {
  const digest = await embeddedDigest();
  if (build && build.digest !== digest) {
    refuse("its migrations or seeds are not those of its build");
  }
  return `Migrations and seeds: sha256 ${digest}${build ? ", as built" : ""}`;
}

async function testDrivers(): Promise<string> {
  const all = [...drivers.values()];
  await Promise.all(all.map((driver) => driver.loadClient()))
    .catch((error) => refuse(`a driver cannot be loaded (${error})`));
  return `Drivers: ${all.map(({ title }) => title).join(", ")}`;
}

/** Runs all migrations on a SQLite database in memory. */
async function testChain(
  database: Database,
  graph: RevisionGraph<Revision>,
  { interrupt: { signal } }: Context,
): Promise<string> {
  const { applied, to } = await upgrade(database, graph, "head", { signal });
  const { tables } = await database.server.catalog.introspect(database);
  const live = { tables: new Map(tables) };
  live.tables.delete("alembic_version");
  const differences = diff(live, fold(migrations, database.server.rules));
  if (differences.length > 0) {
    refuse(`its migrations make a schema with ${differences.length} differences`);
  }
  return `Upgrade of a new SQLite database: ${applied.length} migrations, to ${to.join(", ")}`;
}

async function testSeeds(
  database: Database,
  graph: RevisionGraph<Revision>,
  { interrupt: { signal } }: Context,
): Promise<string> {
  const { changes } = await populate(database, graph, { signal });
  if (changes.length === 0) refuse("populate registers nothing");
  return `Populate: ${changes.length} actions and workflows`;
}

/** `self-test`: whether this copy of the program is complete and works here. */
const run: CommandFunction<typeof specs.selfTest> = async (context) => {
  const graph = await loadEmbeddedGraph();
  await using database = await connect(TEMPORARY_DATABASE);
  const lines = [
    await testData(context),
    await testDrivers(),
    await testChain(database, graph, context),
    await testSeeds(database, graph, context),
    "All checks passed",
  ];
  return { lines, json: { ok: true, tests: lines.slice(0, -1) } };
};

export default run;
