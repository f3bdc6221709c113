/**
 * The Deno that files and packages carry: the one that runs this, or that of another machine, of the same
 * version, from the npm registry.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { DIST, run } from "./project.ts";

/** The version of Deno that the digests of packages below are of. */
const PINNED = "2.9.6";

/** A machine that files can be made for. */
export interface Machine {
  readonly os: "linux" | "macos" | "windows";
  /** As `uname -m` calls it on Linux. */
  readonly arch: "x86_64" | "aarch64";
  /** The end of the name of its npm package. */
  readonly npm: string;
  /** SHA-512 of that package. */
  readonly integrity: string;
}

/** A Deno, and the machine that it is made for. */
export interface Runtime extends Omit<Machine, "npm" | "integrity"> {
  /** Path of the executable. */
  readonly deno: string;
}

/** Machines by the names that `--target` has for them. */
export const MACHINES: Readonly<Record<string, Machine>> = {
  "linux-x64": {
    os: "linux",
    arch: "x86_64",
    npm: "linux-x64-glibc",
    integrity:
      "3md4TKLCuzsLDmfOoC5KN7NAZaxSVkMgm64vg6foD00JBADCpYS2/5QqXfzgnP5ZQz3iLP9vBQJtEgc116OAoQ==",
  },
  "linux-arm64": {
    os: "linux",
    arch: "aarch64",
    npm: "linux-arm64-glibc",
    integrity:
      "poqhoH9B3nYloigEMPT5t8HY+wBeiuea1An5Q7fqgJzP0SYmWsoS/oUnWO/pEiA4ofzIBy1Elt/in58xKtxEoQ==",
  },
  "macos-x64": {
    os: "macos",
    arch: "x86_64",
    npm: "darwin-x64",
    integrity:
      "tPi3CWPRdjW1MaWlvWjORE7Ass5SADdWdj1BF1Q1PEdzi+5u/mC5YhmZzniMiPr81PpaFeqjXaLAsfb8lFsZ0Q==",
  },
  "macos-arm64": {
    os: "macos",
    arch: "aarch64",
    npm: "darwin-arm64",
    integrity:
      "V8uO1Aolrl/yvdMb5lOtgtigs8YuZBjrOrgviVMiYkQ0swymFfzkae1wZak4Xi24t7vf7d/eiMb/7ryjjVm+tg==",
  },
  "windows-x64": {
    os: "windows",
    arch: "x86_64",
    npm: "win32-x64",
    integrity:
      "qRGnmVz/Ea6UWPht/S3xFRK17UZ/ls38DSVfgGB17fpASLxPkksqzWUI/BzL9YYoOknYzfc94mySGyInZu/JXw==",
  },
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

/**
 * Refuses a package that is not the one that was written down, wherever it comes from.
 *
 * @throws {Error} When its digest is another one.
 */
export async function checkPackage(path: string, integrity: string): Promise<void> {
  const found = createHash("sha512").update(await Deno.readFile(path)).digest("base64");
  if (found === integrity) return;
  throw new Error(`Cannot build: ${path} does not have the digest that is known of it; remove it`);
}

/** Gets the npm package of a machine's Deno, once. */
async function packageOf({ npm }: Machine): Promise<string> {
  const directory = `${DIST}/deno`;
  const path = `${directory}/deno-${npm}-${PINNED}.tgz`;
  if (await Deno.stat(path).then(() => true, () => false)) return path;
  await Deno.mkdir(directory, { recursive: true });
  const options = ["--silent", `--pack-destination=${directory}`];
  await run("npm", ["pack", ...options, `@deno/${npm}@${PINNED}`]);
  return path;
}

/** Takes an executable out of its npm package, whose digest is compared each time. */
async function fetched(machine: Machine): Promise<string> {
  if (Deno.version.deno !== PINNED) {
    throw new Error(
      `Cannot build for another machine with Deno ${Deno.version.deno}: the digests of its ` +
        `packages are not known; build with Deno ${PINNED}, or write them down in packaging/runtime.ts`,
    );
  }
  const archive = await packageOf(machine);
  await checkPackage(archive, machine.integrity);
  const directory = `${DIST}/deno/${machine.npm}`;
  const executable = executableOf(machine);
  await Deno.mkdir(directory, { recursive: true });
  await run("tar", ["-xzf", archive, "-C", directory, `package/${executable}`]);
  const path = `${directory}/package/${executable}`;
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
