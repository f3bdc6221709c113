/**
 * The folder in which the tests make all their files, in memory if that is possible.
 *
 * Programs wait for the disk at every commit; SQLite's tests take six times as long there. `/dev/shm` will
 * not do: everything below `/dev` is a device to Deno, which reads it only with all permissions.
 *
 * @module
 */

/** What one run of all tests can have in the folder at a time. */
const WANTED_BYTES = 6e9;

/** Tells the process that has the folder in memory where it is. */
const MOUNTED = "TEST_FOLDER_IN_MEMORY";

/** The mount ends with the processes that see it, even if they are killed. */
const IN_MEMORY = 'mount -t tmpfs -o mode=1777 none "$0" && exec "$@"';

/** A folder for one run; disposing removes it with all that is in it. */
export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string;
  /**
   * The command that does something with the folder in memory; null where it is there already, or
   * cannot be.
   */
  inMemory(command: readonly string[]): Promise<TemporaryCommand | null>;
}

/** A command with its environment. */
export interface TemporaryCommand {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

async function mayMount(path: string): Promise<boolean> {
  if (Deno.systemMemoryInfo().available < WANTED_BYTES) return false;
  try {
    const { success } = await new Deno.Command("unshare", {
      args: ["-m", "sh", "-c", IN_MEMORY, path, "true"],
      stderr: "null",
    }).output();
    return success;
  } catch {
    return false;
  }
}

/** Makes one in which everybody may make files, as in `/tmp`: servers run under accounts of their own. */
export async function temporaryFolder(): Promise<TemporaryFolder> {
  const mounted = Deno.env.get(MOUNTED);
  if (mounted !== undefined) {
    return {
      path: mounted,
      inMemory: () => Promise.resolve(null),
      async [Symbol.asyncDispose]() {},
    };
  }
  const path = await Deno.makeTempDir({ prefix: "mistral-db-" });
  await Deno.chmod(path, 0o1777);
  return {
    path,
    async inMemory(command) {
      if (!await mayMount(path)) return null;
      return {
        command: ["unshare", "-m", "sh", "-c", IN_MEMORY, path, ...command],
        env: { [MOUNTED]: path },
      };
    },
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}
