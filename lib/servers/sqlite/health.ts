/**
 * What `doctor` asks of SQLite, which is a file and has no users.
 *
 * @module
 */
import { accessSync, constants } from "node:fs";
import { dirname } from "node:path";
import type { ConnectionSettings } from "../connecting/url/settings.ts";
import { failure, type Finding, success } from "../finding.ts";
import type { Health, Subject } from "../health.ts";
import { IN_MEMORY } from "./url.ts";

const pathOf = (settings: ConnectionSettings): string =>
  settings.dialect === "sqlite" ? settings.path : IN_MEMORY;

/** Whether the file can be written to, and the journal that SQLite makes beside it. */
function privileges({ settings }: Subject): Finding | null {
  const path = pathOf(settings);
  if (path === IN_MEMORY) return null;
  for (const one of [path, dirname(path)]) {
    try {
      accessSync(one, constants.W_OK);
    } catch {
      return failure(`${one} cannot be written to`, "Run this as the owner of the file");
    }
  }
  return success("The file and its directory can be written to");
}

/** What `doctor` asks of SQLite. */
export const health = Object.freeze<Health>({
  encryption: null,
  dataDirectory: ({ settings }) => Promise.resolve(dirname(pathOf(settings))),
  isolation: () => Promise.resolve(null),
  sessions: null,
  ago: (seconds) => `datetime('now', '-${seconds} seconds')`,
  backup: 'sqlite3 FILE ".backup mistral.sqlite"',
  privileges: (subject) => Promise.resolve(privileges(subject)),
  checks: [],
});
