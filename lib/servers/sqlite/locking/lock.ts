/**
 * A lock on a file beside the database. SQLite's own locks last for one transaction, and a run has
 * one for each migration. The operating system ends the lock with the process, so that a killed
 * run leaves nothing behind but an empty name.
 *
 * @module
 */
import { OperatorError } from "../../../errors.ts";
import { fileProblem } from "../../../files/problem.ts";
import type { Database } from "../../database.ts";
import { sql } from "../../../sql/statement.ts";
import type { Lock, LockHolder, LockOptions } from "../../locks.ts";
import { waitForLock } from "../../shared/waiting.ts";

const nothingToLock: Lock = {
  confirm: () => Promise.resolve(),
  [Symbol.asyncDispose]: () => Promise.resolve(),
};

/** The database's file; empty for a database in memory, which nobody else can see. */
async function databaseFile(database: Database): Promise<string> {
  const [row] = await database.query(
    sql`SELECT file FROM pragma_database_list WHERE name = 'main'`,
  );
  return String(row?.file ?? "");
}

/**
 * Whether the file that is open is still the one of that name: its last holder removed it. A link that
 * has taken its place meanwhile is another file.
 */
async function isStillThere(path: string, file: Deno.FsFile): Promise<boolean> {
  const [named, open] = await Promise.all([Deno.lstat(path).catch(() => null), file.stat()]);
  return named !== null && named.ino === open.ino && named.dev === open.dev;
}

const cannotLock = (because: string, remedy: string, cause?: unknown): OperatorError =>
  new OperatorError({ failed: "Cannot lock the database", because, remedy, cause });

/** The file is written to, so a link would lead to the loss of some other file's contents. */
async function refuseLink(path: string): Promise<void> {
  const found = await Deno.lstat(path).catch(() => null);
  if (found === null || (found.isFile && (found.nlink ?? 1) <= 1)) return;
  throw cannotLock(`${path} is a link or no regular file`, "remove it");
}

async function openLockFile(path: string): Promise<Deno.FsFile> {
  await refuseLink(path);
  try {
    return await Deno.open(path, { create: true, read: true, write: true });
  } catch (cause) {
    const problem = fileProblem(cause, "its directory does not exist");
    throw cannotLock(
      `${path} cannot be written (${problem})`,
      "make its directory writable",
      cause,
    );
  }
}

/** Says who holds the lock; on a full disk nobody is told, but the lock holds. */
async function describe(file: Deno.FsFile): Promise<void> {
  const since = new Date().toISOString().slice(0, 19).replace("T", " ");
  try {
    await file.truncate();
    await file.write(new TextEncoder().encode(`process ${Deno.pid}, since ${since} UTC`));
  } catch {
    return;
  }
}

/** The content of a lock file; empty before a run has written it. */
const DESCRIPTION = /^(?:process \d.*)?$/s;

/** A file with other contents is somebody else's: another name of it was put here. */
async function refuseOthers(path: string, file: Deno.FsFile): Promise<void> {
  const start = new Uint8Array(64);
  const length = await file.read(start) ?? 0;
  await file.seek(0, Deno.SeekMode.Start);
  if (DESCRIPTION.test(new TextDecoder().decode(start.subarray(0, length)))) return;
  throw cannotLock(`${path} is no lock of this program`, "move it away");
}

async function tryLockFile(path: string): Promise<Deno.FsFile | null> {
  const file = await openLockFile(path);
  try {
    if (await file.tryLock(true) && await isStillThere(path, file)) {
      await refuseOthers(path, file);
      await describe(file);
      return file;
    }
  } catch (error) {
    file.close();
    throw error;
  }
  file.close();
  return null;
}

async function findHolder(path: string): Promise<LockHolder | null> {
  const description = await Deno.readTextFile(path).catch(() => "");
  return description ? { description } : null;
}

/** Keeps other runs on the same database file waiting until disposed. */
export async function lock(
  database: Database,
  options: LockOptions,
): Promise<Lock> {
  const name = await databaseFile(database);
  if (!name) return nothingToLock;
  const path = `${name}.lock`;
  let file: Deno.FsFile | null = null;
  return await waitForLock({
    tryLock: async () => (file = await tryLockFile(path)) !== null,
    findHolder: () => findHolder(path),
    async release() {
      // Removed while still locked, so that whoever waits for this file finds that it is gone.
      if (file && await isStillThere(path, file)) await Deno.remove(path).catch(() => {});
      file?.close();
    },
  }, options);
}
