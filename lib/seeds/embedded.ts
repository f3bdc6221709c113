/**
 * What this program brings with it. OpenStack's own actions (`nova.*` and so on) are not part of it:
 * the engine makes them of the clients that are installed beside it.
 *
 * @module
 */
import { RELEASES } from "../revisions/releases.ts";
import { commonValues, seedOf } from "./definition.ts";
import { readDefinitions } from "./definition_file.ts";
import createInstance from "./definitions/create_instance.yaml" with { type: "text" };
import deleteInstance from "./definitions/delete_instance.yaml" with { type: "text" };
import waitSsh from "./definitions/wait_ssh.yaml" with { type: "text" };
import type { Seed } from "./seed.ts";
import {
  ACTION_PROVIDERS_REVISION,
  STANDARD_ACTIONS,
  type StandardAction,
} from "./standard_actions.ts";

/** The revisions that a database has been through. */
export type Applied = ReadonlySet<string>;

/** Up to Train the standard workflows are called `std.…`; this is the first revision after it. */
const PLAIN_NAMES_REVISION = "035";

const WAIT_SSH_DESCRIPTION =
  "Lists the home directory on a host over SSH; with retry, waits until the host lets a user in.";

/** The one definition of an embedded text. */
const definitionOf = (text: string) => readDefinitions(text).definitions[0]!;

function waitSshSeed(): Seed {
  const seed = seedOf(definitionOf(waitSsh));
  return { ...seed, values: { ...seed.values, description: WAIT_SSH_DESCRIPTION } };
}

function workflowSeed(text: string, applied: Applied): Seed {
  const { name: plain } = definitionOf(text);
  const old = `std.${plain}`;
  return applied.has(PLAIN_NAMES_REVISION)
    ? seedOf(definitionOf(text), [old])
    : seedOf(definitionOf(text.replace(`\n${plain}:`, `\n${old}:`)), [plain]);
}

/** The release whose engine can work with such a database; the first one where none can yet. */
function releaseIndex(applied: Applied): number {
  return Math.max(RELEASES.findLastIndex(({ head }) => applied.has(head)), 0);
}

const seriesIndex = (series: string): number =>
  RELEASES.findIndex((release) => release.series === series);

function standardSeed(action: StandardAction, input: string): Seed {
  const { name, className, description } = action;
  const values = {
    ...commonValues(name),
    definition: null,
    spec: null,
    tags: null,
    is_system: true,
    description,
    input,
    action_class: `mistral.actions.std_actions.${className}`,
    // The engine makes a class with these; NULL would make it fail.
    attributes: "{}",
  };
  return {
    kind: "action",
    name,
    otherNames: [],
    inputs: input === "" ? [] : input.split(", "),
    values,
  };
}

function standardSeeds(applied: Applied): readonly Seed[] {
  if (applied.has(ACTION_PROVIDERS_REVISION)) return [];
  const release = releaseIndex(applied);
  return STANDARD_ACTIONS.flatMap((action) => {
    const found = action.inputs.findLast(({ since }) => seriesIndex(since) <= release);
    return found ? standardSeed(action, found.input) : [];
  });
}

/** What belongs into a database that has been through these revisions. */
export function embeddedSeeds(applied: Applied): readonly Seed[] {
  return [
    ...standardSeeds(applied),
    waitSshSeed(),
    ...[createInstance, deleteInstance].map((text) => workflowSeed(text, applied)),
  ];
}

/**
 * Whether actions without a specification are a hindrance: engines that get them from action
 * providers fail to list those that an older release has left in the database.
 */
export function refusesActionsWithoutSpec(applied: Applied): boolean {
  return applied.has(ACTION_PROVIDERS_REVISION);
}
