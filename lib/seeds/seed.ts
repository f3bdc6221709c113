/**
 * Seeds: the rows that populate writes.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Definition, DefinitionKind } from "../definitions/definition.ts";
import type { Value } from "../sql/statement.ts";

/** The kinds of seeds, in the order in which they are written: workflows call actions. */
export const KINDS: readonly DefinitionKind[] = ["action", "workflow"];

/** The table of each kind. */
export const TABLES: Readonly<Record<DefinitionKind, string>> = {
  action: "action_definitions_v2",
  workflow: "workflow_definitions_v2",
};

/** The project of rows without a project of their own, as the engine writes it. */
export const DEFAULT_PROJECT = "<default-project>";

/** Values of a row by column. */
export type SeedValues = Readonly<Record<string, Value>>;

/** An action or a workflow to write. */
export interface Seed {
  /** What it defines. */
  readonly kind: DefinitionKind;
  /** What the engine calls it. */
  readonly name: string;
  /** Its names in other releases: a system row with one of them is renamed. */
  readonly otherNames: readonly string[];
  /** Names, with defaults as JSON if there are any, as in `timeout=30`. */
  readonly inputs: readonly string[];
  /** The row at the newest revision; an older revision lacks some of these columns. */
  readonly values: SeedValues;
}

/** The values that actions and workflows have in common. */
export function commonValues(name: string): SeedValues {
  return {
    scope: "public",
    project_id: DEFAULT_PROJECT,
    name,
    namespace: "",
    workbook_name: null,
  };
}

function workflowValues({ text }: Definition): SeedValues {
  return { is_system: true, checksum: createHash("md5").update(text).digest("hex") };
}

function actionValues({ description, inputs }: Definition): SeedValues {
  return {
    is_system: false,
    description,
    input: inputs.join(", ") || null,
    action_class: null,
    attributes: null,
  };
}

const OWN_VALUES: Readonly<Record<DefinitionKind, (definition: Definition) => SeedValues>> = {
  action: actionValues,
  workflow: workflowValues,
};

/** The seed of a definition. */
export function seedOf(definition: Definition, otherNames: readonly string[] = []): Seed {
  const { kind, name, inputs, text, spec, tags } = definition;
  const values = { definition: text, spec, tags, ...OWN_VALUES[kind](definition) };
  return { kind, name, otherNames, inputs, values: { ...commonValues(name), ...values } };
}
