/**
 * Reading a site's own migrations from directories. Nothing else about revisions reads
 * files.
 *
 * @module
 */
import { join } from "node:path";
import { OperatorError } from "../errors.ts";
import { fileProblem } from "../files/problem.ts";
import type { Revision } from "../revisions/graph/migration.ts";
import { evaluate } from "./evaluate.ts";
import { type Judge, refuseStrangers } from "./judge.ts";
import { revisionOf } from "./validate.ts";

/** Files that hold a migration: not helpers, tests or declarations. */
const MIGRATION_FILE = /^(?![._]|mod\.).*(?<!_test|\.d)\.(ts|js|mjs)$/;

async function migrationFiles(directory: string): Promise<readonly string[]> {
  const names: string[] = [];
  try {
    for await (const { name, isDirectory } of Deno.readDir(directory)) {
      if (!isDirectory && MIGRATION_FILE.test(name)) names.push(name);
    }
  } catch (cause) {
    throw new OperatorError({
      failed: `Cannot read the versions path ${directory}`,
      because: fileProblem(cause),
      remedy: "correct --versions-path",
      cause,
    });
  }
  return names.sort().map((name) => join(directory, name));
}

async function readSource(path: string): Promise<string> {
  try {
    // Whoever opens a pipe waits until somebody writes to it.
    if (!(await Deno.stat(path)).isFile) throw new Error("it is not a regular file");
    return new TextDecoder("utf-8", { fatal: true }).decode(await Deno.readFile(path));
  } catch (cause) {
    const problem = cause instanceof TypeError ? "it is not UTF-8" : fileProblem(cause);
    throw new OperatorError({ failed: `Cannot load ${path}`, because: problem, cause });
  }
}

/** The digest of what a migration does; formatting and comments do not change it. */
async function checksumOf(revision: Revision): Promise<string> {
  const { id, down, dependsOn = [], upgrade, downgrade = null } = revision;
  const content = JSON.stringify({ id, down, dependsOn, upgrade, downgrade });
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(content));
  return new Uint8Array(digest).toHex();
}

/** Reads one migration from its file. */
async function readRevision(path: string): Promise<Revision> {
  const revision = revisionOf(await evaluate(await readSource(path), path), path);
  return { ...revision, origin: { path, checksum: await checksumOf(revision) } };
}

/**
 * The migrations in directories, in order of the directories and of file names.
 *
 * @param embedded Ids that are taken.
 * @param judge Is asked before the file of a migration, which is code, is read and run.
 * @throws {OperatorError} When a directory or a file cannot be read, a file is no migration, or an
 * id is taken; names the file.
 */
export async function readSiteRevisions(
  directories: readonly string[],
  embedded: readonly string[],
  judge: Judge = refuseStrangers,
): Promise<readonly Revision[]> {
  const owners = new Map(embedded.map((id) => [id, "this program"]));
  const revisions: Revision[] = [];
  for (const directory of directories) {
    for (const path of await migrationFiles(directory)) {
      judge(path);
      const revision = await readRevision(path);
      const owner = owners.get(revision.id);
      if (owner) {
        throw new OperatorError({
          failed: `Cannot load ${path}`,
          because: `revision "${revision.id}" is in ${owner} already`,
          remedy: "give it another id",
        });
      }
      owners.set(revision.id, path);
      revisions.push(revision);
    }
  }
  return revisions;
}
