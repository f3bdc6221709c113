/**
 * Builds for tests: of copies of the sources, in directories of their own.
 *
 * @module
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { madeOnce, templates } from "../tools/servers/template.ts";

/** The checkout. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What a process came to. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a process is run. */
export type RunOptions = Omit<Deno.CommandOptions, "args" | "stdin" | "stdout" | "stderr">;

/** Runs a program to its end. */
export async function execute(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Ended> {
  const { code, stdout, stderr } = await new Deno.Command(program, { ...options, args: [...args] })
    .output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** Runs a program that must succeed; gives what it wrote to standard output. */
export async function must(...call: Parameters<typeof execute>): Promise<string> {
  const { code, stdout, stderr } = await execute(...call);
  assert.equal(code, 0, `${call[0]} ${call[1].join(" ")}\n${stdout}${stderr}`);
  return stdout;
}

/** What makes no part of a build, and what was made by one. */
const LEFT_OUT = ["tests", ".git", ".deno", "dist", "node_modules", "vendor", "mistral.sqlite"];

/** Copies the checkout without its tests; no git, which may be missing, or refuse another's checkout. */
export async function copySources(directory: string): Promise<void> {
  await Deno.mkdir(directory, { recursive: true });
  for await (const { name } of Deno.readDir(ROOT)) {
    if (!LEFT_OUT.includes(name)) await must("cp", ["-R", ROOT + name, directory]);
  }
}

/** Whose builds are alike: those of a run. */
const RUN = templates() ?? crypto.randomUUID();

/**
 * The commit of the builds. It is another one in each run: a packed file uses what it finds unpacked in any
 * cache of the machine, and a run that was killed leaves something there.
 */
export const COMMIT: string = createHash("sha256").update(RUN).digest("hex").slice(0, 12);

/** What a build depends on besides the sources. */
const BUILD = { COMMIT, SOURCE_DATE_EPOCH: "1700000000", NO_COLOR: "1" };

/** Runs Deno in a copy of the sources, as one commit and time. */
export const denoIn = (
  directory: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> => must(Deno.execPath(), args, { cwd: directory, env: { ...BUILD, ...env } });

/** Runs one of the project's build scripts in a copy of the sources. */
export const build = (
  directory: string,
  script: string,
  args: readonly string[] = [],
): Promise<string> => denoIn(directory, ["run", "-A", `packaging/${script}.ts`, ...args]);

/** Puts the packed program there, which is built once in a run. */
export async function packed(path: string): Promise<void> {
  await madeOnce("packed", path, async (unfinished) => {
    const copy = await Deno.makeTempDir({ prefix: "mistral-db-build-" });
    await copySources(copy);
    await build(copy, "pack", [unfinished]);
    await Deno.remove(copy, { recursive: true });
  });
}

/** The SHA-256 digest of a file. */
export async function digest(path: string): Promise<string> {
  return (await must("sha256sum", [path])).slice(0, 64);
}
