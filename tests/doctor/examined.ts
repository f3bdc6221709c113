/**
 * Examining a test's database.
 *
 * @module
 */
import assert from "node:assert/strict";
import { type Examination, examine, type Examined, type Status } from "../../lib/doctor/mod.ts";
import type { TestDatabase } from "../tools/databases.ts";
import { graph } from "../tools/migrations.ts";

/** Examines a database; the settings tell how it is reached. */
export async function examined(
  { settings, connect }: Pick<TestDatabase, "settings" | "connect">,
  more: Partial<Examination> = {},
): Promise<readonly Examined[]> {
  const policy = { isOn: false };
  return await examine({ settings, graph, ignore: [], expiration: policy, open: connect, ...more });
}

/** What a check is to find. */
export type Expected = readonly [check: string, status: Status, details: RegExp];

/** Makes sure that a check has found it; gives the remedy. */
export function assertFound(
  findings: readonly Examined[],
  [name, status, details]: Expected,
): string {
  const found = findings.find(({ check }) => check.name === name);
  assert.ok(
    found,
    `${name} is missing: ${
      findings.map(({ check, details }) => `${check.name}: ${details}`).join("; ")
    }`,
  );
  assert.match(found.details, details);
  assert.equal(found.status, status, found.details);
  assert.equal(found.remedy === null, status === "success");
  return found.remedy ?? "";
}
