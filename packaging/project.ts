/**
 * What all builds know of the project: where it is, what it is called, and which version it is.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import project from "../deno.json" with { type: "json" };
import { PROGRAM } from "../lib/cli/program.ts";

export { PROGRAM };

/** The checkout. */
export const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** Where everything goes that is built. */
export const DIST = `${ROOT}dist`;

/** Version of the project. */
export const VERSION = project.version;

/** What Deno lets the program do: the permissions of `deno.json`, as options. */
export const PERMISSIONS: readonly string[] = Object.entries(project.permissions.default).map(
  ([name, value]) =>
    Array.isArray(value) ? `--allow-${name}=${value.join(",")}` : `--allow-${name}`,
);

/** Options that keep Deno from looking for anything but the program, and from asking. */
export const DENO_OPTIONS: readonly string[] = [
  "--quiet",
  "--no-prompt",
  "--no-config",
  "--no-lock",
  "--no-remote",
  "--no-npm",
];

/** What a program had to say, and how it ended. */
export interface Ran {
  readonly success: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. */
export async function tryRun(
  program: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Ran> {
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args: [...args],
    cwd: options.cwd ?? ROOT,
    env: { NO_COLOR: "1", ...options.env },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return { success, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/**
 * Runs a program that must succeed; gives what it wrote to standard output.
 *
 * @throws {Error} When it does not, with what it said.
 */
export async function run(...call: Parameters<typeof tryRun>): Promise<string> {
  const { success, stdout, stderr } = await tryRun(...call);
  if (success) return stdout;
  throw new Error(`Cannot build: "${call[0]} ${call[1].join(" ")}" failed: ${stderr || stdout}`);
}

/** The commit that is built: `COMMIT`, else that of the checkout; null where there is neither. */
export async function commit(): Promise<string | null> {
  const given = Deno.env.get("COMMIT");
  if (given) return given;
  const { success, stdout } = await tryRun("git", ["rev-parse", "--short=12", "HEAD"])
    .catch(() => ({ success: false, stdout: "" }));
  return success ? stdout.trim() : null;
}

/**
 * The time that files in packages have, in seconds since 1970: `SOURCE_DATE_EPOCH`, else that of
 * the commit. See https://reproducible-builds.org/specs/source-date-epoch/.
 */
export async function sourceDate(): Promise<number> {
  const given = Deno.env.get("SOURCE_DATE_EPOCH");
  if (given) return Number(given);
  const { success, stdout } = await tryRun("git", ["log", "-1", "--format=%ct"])
    .catch(() => ({ success: false, stdout: "" }));
  return success ? Number(stdout) : 0;
}
