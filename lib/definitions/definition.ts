/**
 * A definition of Mistral's language as a value.
 *
 * @module
 */

/** The two kinds of definitions. */
export type DefinitionKind = "action" | "workflow";

/** A checked definition, as the engine stores it. */
export interface Definition {
  readonly kind: DefinitionKind;
  readonly name: string;
  readonly description: string | null;
  /** A JSON list. */
  readonly tags: string;
  /** Names, with defaults as JSON if there are any, as in `timeout=30`. */
  readonly inputs: readonly string[];
  /** The YAML text with this definition alone. */
  readonly text: string;
  /** The specification as JSON, byte for byte as the engine writes it. */
  readonly spec: string;
}
