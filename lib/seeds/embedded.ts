/**
 * The standard actions and workflows of each release. OpenStack's own actions (`nova.*` and so on)
 * are not among them: the engine creates those from the installed client libraries.
 *
 * @module
 */
import type { Definition } from "../definitions/definition.ts";
import { RELEASES } from "../revisions/target/releases.ts";
import { commonValues, type Seed, seedOf } from "./seed.ts";
import {
  ACTION_PROVIDERS_REVISION,
  STANDARD_ACTIONS,
  type StandardAction,
} from "./standard/actions.ts";
import { createInstance } from "./standard/create_instance.ts";
import { deleteInstance } from "./standard/delete_instance.ts";
import { waitSsh } from "./standard/wait_ssh.ts";

/** The ids of all revisions that have been applied. */
export type Applied = ReadonlySet<string>;

/** The first revision after Train; until then the standard workflows are called `std.…`. */
const PLAIN_NAMES_REVISION = "035";

const WORKFLOWS: Readonly<Record<string, (name: string) => Definition>> = {
  create_instance: createInstance,
  delete_instance: deleteInstance,
};

function workflowSeeds(applied: Applied): readonly Seed[] {
  return Object.entries(WORKFLOWS).map(([plain, workflow]) => {
    const old = `std.${plain}`;
    const [name, other] = applied.has(PLAIN_NAMES_REVISION) ? [plain, old] : [old, plain];
    return seedOf(workflow(name), [other]);
  });
}

/** The newest release that works with the database; the first one for databases older than that. */
function releaseIndex(applied: Applied): number {
  return Math.max(RELEASES.findLastIndex(({ head }) => applied.has(head)), 0);
}

const seriesIndex = (series: string): number =>
  RELEASES.findIndex((release) => release.series === series);

function actionSeed({ name, className, description }: StandardAction, input: string): Seed {
  const values = {
    ...commonValues(name),
    definition: null,
    spec: null,
    tags: null,
    is_system: true,
    description,
    input,
    action_class: `mistral.actions.std_actions.${className}`,
    // The engine passes these to the class and fails on NULL.
    attributes: "{}",
  };
  const inputs = input === "" ? [] : input.split(", ");
  return { kind: "action", name, otherNames: [], inputs, values };
}

function actionSeeds(applied: Applied): readonly Seed[] {
  if (hasActionProviders(applied)) return [];
  const release = releaseIndex(applied);
  return STANDARD_ACTIONS.flatMap((action) => {
    const found = action.inputs.findLast(({ since }) => seriesIndex(since) <= release);
    return found ? actionSeed(action, found.input) : [];
  });
}

/** The standard actions and workflows for a database with these revisions. */
export function embeddedSeeds(applied: Applied): readonly Seed[] {
  return [...actionSeeds(applied), seedOf(waitSsh), ...workflowSeeds(applied)];
}

/**
 * Whether the engine gets its standard actions from action providers: such an engine fails to list
 * the actions without a specification that an older release left in the database.
 */
export function hasActionProviders(applied: Applied): boolean {
  return applied.has(ACTION_PROVIDERS_REVISION);
}
