/**
 * Builds for tests: of copies of the sources, in directories of their own.
 *
 * @module
 */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

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

/**
 * The commit of the builds. It is another one in each run: a packed file uses what it finds unpacked in any
 * cache of the machine, and a run that was killed leaves something there.
 */
export const COMMIT = crypto.randomUUID().replaceAll("-", "").slice(0, 12);

/** Runs one of the project's build scripts in a copy of the sources, as one commit and time. */
export async function build(
  directory: string,
  script: string,
  args: readonly string[] = [],
): Promise<string> {
  const env = { COMMIT, SOURCE_DATE_EPOCH: "1700000000", NO_COLOR: "1" };
  const options = { cwd: directory, env };
  return await must(Deno.execPath(), ["run", "-A", `packaging/${script}.ts`, ...args], options);
}

/** The SHA-256 digest of a file. */
export async function digest(path: string): Promise<string> {
  return (await must("sha256sum", [path])).slice(0, 64);
}
