/**
 * The Deno that files and packages carry: the one that runs this, or that of another machine, of the same
 * version, from the npm registry.
 *
 * @module
 */
import { DIST, run } from "./project.ts";

/** A Deno, and the machine that it is made for. */
export interface Runtime {
  /** As `uname -m` calls the machine. */
  readonly arch: "x86_64" | "aarch64";
  /** Path of the executable. */
  readonly deno: string;
}

/** Machines by the names of Deno's npm packages. */
const MACHINES: Readonly<Record<string, Runtime["arch"]>> = {
  "linux-x64": "x86_64",
  "linux-arm64": "aarch64",
};

/** The Deno that runs this. */
export const ownRuntime: Runtime = { arch: Deno.build.arch, deno: Deno.execPath() };

/** Takes an executable out of its npm package, once. */
async function fetched(name: string): Promise<string> {
  const directory = `${DIST}/deno/${Deno.version.deno}/${name}`;
  const path = `${directory}/package/deno`;
  if (await Deno.stat(path).then(() => true, () => false)) return path;
  await Deno.mkdir(directory, { recursive: true });
  const wanted = `@deno/${name}-glibc@${Deno.version.deno}`;
  const archive = await run("npm", ["pack", "--silent", `--pack-destination=${directory}`, wanted]);
  const file = `${directory}/${archive.trim().split("\n").at(-1)}`;
  await run("tar", ["-xzf", file, "-C", directory, "package/deno"]);
  await Deno.remove(file);
  await Deno.chmod(path, 0o755);
  return path;
}

/**
 * The Deno for a machine; without one, that which runs this.
 *
 * @throws {Error} When the machine is not known, or its Deno cannot be had.
 */
export async function runtimeFor(target: string | undefined): Promise<Runtime> {
  if (target === undefined) return ownRuntime;
  const arch = MACHINES[target];
  if (arch === undefined) {
    throw new Error(
      `Cannot build for "${target}": it is none of ${Object.keys(MACHINES).join(", ")}`,
    );
  }
  if (Deno.build.os === "linux" && arch === Deno.build.arch) return ownRuntime;
  return { arch, deno: await fetched(target) };
}

/** The machine that the command line names, and what else it says. */
export function targetOf(
  args: readonly string[],
): { readonly target: string | undefined; readonly rest: readonly string[] } {
  const at = args.findIndex((word) => word === "--target" || word.startsWith("--target="));
  if (at < 0) return { target: undefined, rest: args };
  const [word] = args.slice(at);
  const isJoined = word!.includes("=");
  return {
    target: isJoined ? word!.slice("--target=".length) : args[at + 1] ?? "",
    rest: args.toSpliced(at, isJoined ? 1 : 2),
  };
}
