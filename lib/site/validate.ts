/**
 * Whether a value is a migration.
 *
 * @module
 */
import { OperatorError } from "../errors.ts";
import { isOperationKind } from "../operations/resolve.ts";
import type { Revision } from "../revisions/graph/migration.ts";

/** The length of alembic_version.version_num. */
const LONGEST_ID = 32;

type FieldTest = (value: unknown) => boolean;

const isText: FieldTest = (value) => typeof value === "string";

const isTexts: FieldTest = (value) => Array.isArray(value) && value.every(isText);

const isOperation: FieldTest = (value) =>
  typeof value === "object" && value !== null && "kind" in value &&
  isOperationKind(String(value.kind)) && Object.isFrozen(value);

const isOperations: FieldTest = (value) => Array.isArray(value) && value.every(isOperation);

const isDate: FieldTest = (value) => isText(value) && !Number.isNaN(Date.parse(String(value)));

const optional = (check: FieldTest): FieldTest => (value) => value === undefined || check(value);

/** The fields of a migration, and how messages describe them. */
const FIELDS: readonly (readonly [string, FieldTest, string])[] = [
  [
    "id",
    (value) => isText(value) && value !== "" && String(value).length <= LONGEST_ID,
    `a text of 1 to ${LONGEST_ID} characters`,
  ],
  [
    "down",
    (value) => value === null || isText(value) || isTexts(value),
    "the id of the revision before it, a list of ids, or null",
  ],
  ["message", isText, "a text"],
  ["created", isDate, "an ISO 8601 date and time"],
  ["labels", optional(isTexts), "a list of texts"],
  ["dependsOn", optional(isTexts), "a list of ids"],
  ["upgrade", isOperations, "a list of operations"],
  ["downgrade", optional(isOperations), "a list of operations"],
];

/**
 * The value as a migration.
 *
 * @param path Where it comes from.
 * @throws {OperatorError} When it is none; names the file and the field.
 */
export function revisionOf(value: unknown, path: string): Revision {
  if (typeof value !== "object" || value === null) {
    throw new OperatorError({
      failed: `Cannot load ${path}`,
      because: "it has no default export",
      remedy: 'export a revision, "export default { … }"',
    });
  }
  const fields = value as Readonly<Record<string, unknown>>;
  const wrong = FIELDS.find(([name, check]) => !check(fields[name]));
  if (wrong) {
    const [name, , wanted] = wrong;
    const missing = fields[name] === undefined ? "is missing" : "is invalid";
    throw new OperatorError({
      failed: `Cannot load ${path}`,
      because: `"${name}" ${missing}; it must be ${wanted}`,
    });
  }
  return value as Revision;
}
