/**
 * The Deno that files and packages carry: the one that runs this, or that of another machine, of the same
 * version, from the npm registry.
 *
 * @module
 */
import { DIST, run } from "./project.ts";

/** A machine that files can be made for. */
export interface Machine {
  readonly os: "linux" | "macos" | "windows";
  /** As `uname -m` calls it on Linux. */
  readonly arch: "x86_64" | "aarch64";
  /** The end of the name of its npm package. */
  readonly npm: string;
}

/** A Deno, and the machine that it is made for. */
export interface Runtime extends Omit<Machine, "npm"> {
  /** Path of the executable. */
  readonly deno: string;
}

/** Machines by the names that `--target` has for them. */
export const MACHINES: Readonly<Record<string, Machine>> = {
  "linux-x64": { os: "linux", arch: "x86_64", npm: "linux-x64-glibc" },
  "linux-arm64": { os: "linux", arch: "aarch64", npm: "linux-arm64-glibc" },
  "macos-x64": { os: "macos", arch: "x86_64", npm: "darwin-x64" },
  "macos-arm64": { os: "macos", arch: "aarch64", npm: "darwin-arm64" },
  "windows-x64": { os: "windows", arch: "x86_64", npm: "win32-x64" },
};

/** The Deno that runs this, which is on Linux: nothing is made elsewhere. */
export const ownRuntime: Runtime = {
  os: "linux",
  arch: Deno.build.arch,
  deno: Deno.execPath(),
};

/** What the executable is called in its package. */
const executableOf = ({ os }: Pick<Machine, "os">): string =>
  os === "windows" ? "deno.exe" : "deno";

/** Takes an executable out of its npm package, once. */
async function fetched(machine: Machine): Promise<string> {
  const directory = `${DIST}/deno/${Deno.version.deno}/${machine.npm}`;
  const executable = executableOf(machine);
  const path = `${directory}/package/${executable}`;
  if (await Deno.stat(path).then(() => true, () => false)) return path;
  await Deno.mkdir(directory, { recursive: true });
  const wanted = `@deno/${machine.npm}@${Deno.version.deno}`;
  const archive = await run("npm", ["pack", "--silent", `--pack-destination=${directory}`, wanted]);
  const file = `${directory}/${archive.trim().split("\n").at(-1)}`;
  await run("tar", ["-xzf", file, "-C", directory, `package/${executable}`]);
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
  const machine = MACHINES[target];
  if (machine === undefined) {
    throw new Error(
      `Cannot build for "${target}": it is none of ${Object.keys(MACHINES).join(", ")}`,
    );
  }
  const { os, arch } = machine;
  if (os === "linux" && arch === Deno.build.arch) return ownRuntime;
  return { os, arch, deno: await fetched(machine) };
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
