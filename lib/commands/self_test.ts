import type { Connection } from "../drivers/connection.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { Revision } from "../revisions/migration.ts";
import { OperatorError } from "../errors.ts";
import { command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { loadEmbeddedGraph } from "../cli/context.ts";

const REMEDY = "this copy of the program is damaged; get it anew";

function refuse(problem: string): never {
  throw new OperatorError(`Cannot trust this program: ${problem}; ${REMEDY}`);
}

/** Compares migrations and seeds with those that the program was built with, where it was built. */
async function testData({ host: { build } }: Context): Promise<string> {
  const { embeddedDigest } = await import("../cli/embedded.ts");
  const digest = await embeddedDigest();
  if (build && build.digest !== digest) refuse("its migrations or seeds are not those it had");
  return `Migrations and seeds: sha256 ${digest}${build ? ", as built" : ""}`;
}

async function testDrivers(): Promise<string> {
  const drivers = [
    import("../drivers/postgresql/mod.ts"),
    import("../drivers/mysql/mod.ts"),
    import("../drivers/sqlite/mod.ts"),
  ];
  await Promise.all(drivers).catch((error) => refuse(`a driver cannot be loaded (${error})`));
  return "Drivers: PostgreSQL, MySQL/MariaDB, SQLite";
}

/** Runs all migrations on a SQLite database in memory. */
async function testChain(
  connection: Connection,
  graph: RevisionGraph<Revision>,
  { signal }: Context,
): Promise<string> {
  const [{ upgrade }, { fold }, { dialects }, { diff }, { migrations }] = await Promise.all([
    import("../engine/upgrade.ts"),
    import("../plan/fold.ts"),
    import("../dialects/mod.ts"),
    import("../schema/diff/mod.ts"),
    import("../../migrations/mod.ts"),
  ]);
  const { applied, to } = await upgrade(connection, graph, "head", { signal });
  const { tables } = await dialects.sqlite.introspect(connection);
  const live = { tables: new Map(tables) };
  live.tables.delete("alembic_version");
  const differences = diff(live, fold(migrations, dialects.sqlite));
  if (differences.length > 0) refuse(`its migrations make ${differences.length} wrong changes`);
  return `Upgrade of a new SQLite database: ${applied.length} migrations, to ${to.join(", ")}`;
}

async function testSeeds(
  connection: Connection,
  graph: RevisionGraph<Revision>,
  { signal }: Context,
): Promise<string> {
  const { populate } = await import("../seeds/mod.ts");
  const { changes } = await populate(connection, graph, { signal });
  if (changes.length === 0) refuse("it registers nothing");
  return `Populate: ${changes.length} actions and workflows`;
}

/** `self-test`: whether this copy of the program is whole and works here. */
export default command({
  name: "self-test",
  summary: "Test this copy of the program, with a database in memory: no server, no configuration",
  positionals: {},
  options: {},
  async run(context) {
    const graph = await loadEmbeddedGraph();
    const { connect } = await import("../drivers/connect.ts");
    await using connection = await connect("sqlite://");
    const lines = [
      await testData(context),
      await testDrivers(),
      await testChain(connection, graph, context),
      await testSeeds(connection, graph, context),
      "All is well",
    ];
    return { lines, json: { ok: true, tests: lines.slice(0, -1) } };
  },
});
