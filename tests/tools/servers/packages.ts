/**
 * Finding the programs of the database servers, and installing them where that can be done.
 *
 * @module
 */
import { run } from "./process.ts";

const POLICY = "/usr/sbin/policy-rc.d";

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then((info) => info.isFile, () => false);
}

/** Folders in which programs are looked for, one that is chosen for this run first; Debian keeps PostgreSQL's apart, by major version. */
async function folders(): Promise<readonly string[]> {
  const versions: number[] = [];
  try {
    for await (const entry of Deno.readDir("/usr/lib/postgresql")) {
      versions.push(Number(entry.name));
    }
  } catch {
    // Not a Debian with PostgreSQL: PATH alone counts.
  }
  versions.sort((a, b) => b - a);
  const chosen = Deno.env.get("TEST_POSTGRESQL_BIN");
  return [
    ...(chosen === undefined ? [] : [chosen]),
    ...versions.map((version) => `/usr/lib/postgresql/${version}/bin`),
    ...(Deno.env.get("PATH") ?? "").split(":"),
    "/usr/sbin",
  ];
}

async function find(program: string): Promise<string | null> {
  if (program.startsWith("/")) return await exists(program) ? program : null;
  for (const folder of await folders()) {
    const path = `${folder}/${program}`;
    if (await exists(path)) return path;
  }
  return null;
}

/** Installs packages without starting the services in them. */
async function install(packages: readonly string[]): Promise<void> {
  const ownPolicy = !(await exists(POLICY));
  if (ownPolicy) await Deno.writeTextFile(POLICY, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    await run(["apt-get", "-qq", "update"]);
    const quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-y"];
    await run([...quiet, "--no-install-recommends", "install", ...packages]);
  } finally {
    if (ownPolicy) await Deno.remove(POLICY);
  }
}

/** Whoever installs has this file locked, in any process of the tests: apt-get allows one at a time. */
const LOCK = "/var/lock/mistral-db-test-install";

/** Waits for whoever installs now; the lock ends with the file. */
async function turnToInstall(): Promise<Deno.FsFile> {
  const file = await Deno.open(LOCK, { create: true, write: true });
  await file.lock(true);
  return file;
}

/**
 * Paths of programs, by name, or of a file by its path. Missing ones are installed when we are root on a Debian.
 *
 * @throws {Error} When one is missing and cannot be installed; the message says which.
 */
export async function programs<Name extends string>(
  names: readonly Name[],
  packages: readonly string[],
): Promise<Readonly<Record<Name, string>>> {
  const missing = async () => {
    const paths = await Promise.all(names.map(find));
    return names.filter((_, index) => paths[index] === null);
  };
  if ((await missing()).length > 0 && Deno.uid() === 0 && (await find("apt-get")) !== null) {
    using _turn = await turnToInstall();
    if ((await missing()).length > 0) await install(packages);
  }
  const absent = await missing();
  if (absent.length > 0) {
    throw new Error(`no ${absent.join(", ")} on this machine; install ${packages.join(", ")}`);
  }
  const found = await Promise.all(names.map(async (name) => [name, (await find(name))!] as const));
  return Object.fromEntries(found) as Record<Name, string>;
}
