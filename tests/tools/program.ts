/**
 * The program as an operator runs it: a process of its own, started by a shell.
 *
 * @module
 */
import { homedir } from "node:os";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** What a run came to. */
export interface Outcome {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A directory of its own in which the program runs; disposing removes it. */
export interface Place extends AsyncDisposable {
  /** Its path; `$DIR` in scripts. */
  readonly directory: string;
  /** Runs a shell script that may use the command `mistral-db-manage`. */
  run(script: string, variables?: Readonly<Record<string, string>>): Promise<Outcome>;
  /** Starts one; whatever is not waited for must be ended. */
  start(script: string, variables?: Readonly<Record<string, string>>): Deno.ChildProcess;
}

const CLI = fileURLToPath(new URL("../../cli.ts", import.meta.url));

/** A built program to test in the place of the checkout; "deno task test:binary" sets it. */
const BINARY = Deno.env.get("BINARY") ?? "";

/** Started so that signals to the shell's child reach the program itself. */
const WRAPPER = `#!/bin/sh
[ -z "$BINARY" ] || exec "$BINARY" "$@"
exec "$DENO" run -A --quiet "$CLI" "$@"
`;

/** Where Deno keeps what it has compiled and downloaded, whatever HOME the program gets. */
function denoDirectory(): string {
  const { DENO_DIR, XDG_CACHE_HOME, HOME = homedir() } = Deno.env.toObject();
  return DENO_DIR ?? `${XDG_CACHE_HOME ?? `${HOME}/.cache`}/deno`;
}

/** Where a packed program unpacks itself once, whatever HOME it gets. */
function cacheDirectory(): string {
  const { XDG_CACHE_HOME, HOME = homedir() } = Deno.env.toObject();
  return XDG_CACHE_HOME ?? `${HOME}/.cache`;
}

/** Makes a place with an empty home directory. */
export async function place(): Promise<Place> {
  const directory = await Deno.makeTempDir({ prefix: "mistral-db-test-" });
  await Deno.mkdir(`${directory}/bin`);
  await Deno.writeTextFile(`${directory}/bin/mistral-db-manage`, WRAPPER, { mode: 0o755 });
  const environment = {
    PATH: `${directory}/bin:/usr/local/bin:/usr/bin:/bin`,
    HOME: directory,
    DIR: directory,
    DENO: Deno.execPath(),
    CLI,
    DENO_DIR: denoDirectory(),
    BINARY: BINARY && resolve(BINARY),
    ...(BINARY && { XDG_CACHE_HOME: cacheDirectory() }),
  };
  const start: Place["start"] = (script, variables = {}) =>
    new Deno.Command("sh", {
      args: ["-c", script],
      cwd: directory,
      clearEnv: true,
      // A test of another checkout is not about the built program.
      env: { ...environment, ...("CLI" in variables ? { BINARY: "" } : {}), ...variables },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  return {
    directory,
    start,
    run: async (script, variables) => outcomeOf(await start(script, variables).output()),
    [Symbol.asyncDispose]: () => Deno.remove(directory, { recursive: true }),
  };
}

/** What a process came to, in text. */
export function outcomeOf({ code, stdout, stderr }: Deno.CommandOutput): Outcome {
  const decoder = new TextDecoder();
  return { exit: code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}
