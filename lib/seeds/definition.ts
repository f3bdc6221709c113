/**
 * What the rows of definitions hold.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { json } from "./json.ts";
import { at, type MapNode, type Node, textOf } from "./node.ts";
import { DEFAULT_PROJECT, type Kind, type Seed, type SeedValues } from "./seed.ts";
import { actionSpec, workflowSpec } from "./spec.ts";

/** A definition that was read and checked. */
export interface Definition {
  readonly kind: Kind;
  readonly name: string;
  /** The YAML text, with this definition alone. */
  readonly text: string;
  /** What stands under the name. */
  readonly body: MapNode;
}

/** Columns that both kinds have. */
export function commonValues(name: string): SeedValues {
  return {
    scope: "public",
    project_id: DEFAULT_PROJECT,
    name,
    namespace: "",
    workbook_name: null,
  };
}

const tagsOf = (body: MapNode): string => {
  const tags = at(body, "tags");
  return tags === undefined ? "[]" : json(tags);
};

/** `cmd` or `timeout=30`: names, and defaults as JSON. */
function inputsOf(body: MapNode): readonly string[] {
  const input = at(body, "input");
  const items: readonly Node[] = input?.kind === "list" ? input.items : [];
  return items.flatMap((item) =>
    item.kind === "map"
      ? item.entries.map(({ key, value }) => `${key.value}=${json(value)}`)
      : textOf(item) ?? []
  );
}

function workflowValues({ name, text, body }: Definition): SeedValues {
  return {
    ...commonValues(name),
    definition: text,
    spec: json(workflowSpec(body, name)),
    tags: tagsOf(body),
    is_system: true,
    checksum: createHash("md5").update(text).digest("hex"),
  };
}

function actionValues({ name, text, body }: Definition): SeedValues {
  const inputs = inputsOf(body);
  return {
    ...commonValues(name),
    definition: text,
    spec: json(actionSpec(body, name)),
    tags: tagsOf(body),
    is_system: false,
    description: textOf(at(body, "description")) ?? null,
    input: inputs.length > 0 ? inputs.join(", ") : null,
    action_class: null,
    attributes: null,
  };
}

const VALUES: Readonly<Record<Kind, (definition: Definition) => SeedValues>> = {
  action: actionValues,
  workflow: workflowValues,
};

/** What is registered for a definition. */
export function seedOf(definition: Definition, otherNames: readonly string[] = []): Seed {
  const { kind, name, body } = definition;
  return { kind, name, otherNames, inputs: inputsOf(body), values: VALUES[kind](definition) };
}
