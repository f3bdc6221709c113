import { listSeeds } from "../../seeds/mod.ts";
import type { ListedSeed } from "../../seeds/mod.ts";
import type { CommandFunction } from "../../cli/command.ts";
import type * as specs from "../specs.ts";
import { loadEmbeddedGraph } from "../../cli/context.ts";

const ABOUT_OPENSTACK =
  "OpenStack's own actions (nova.* and so on) are not among them: the engine " +
  "creates them from the installed client libraries.";

/** `kilo to train`, or the only release. */
function period(releases: readonly string[]): string {
  const [first = "", last = first] = [releases[0], releases.at(-1)];
  return first === last ? first : `${first} to ${last}`;
}

function seedLine({ kind, name, inputs, releases }: ListedSeed): string {
  return `${kind} ${name}(${inputs.join(", ")}): ${period(releases)}`;
}

/** `seeds`: what `populate` registers. */
const run: CommandFunction<typeof specs.seeds> = async () => {
  const seeds = listSeeds(await loadEmbeddedGraph());
  return {
    lines: [...seeds.map(seedLine), ABOUT_OPENSTACK],
    json: seeds.map((seed) => ({ ...seed })),
  };
};

export default run;
