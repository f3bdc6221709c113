/**
 * The packed file and the installed launcher around a program that prints its variables: what is tested is
 * how they start Deno, and where from. They are made and started in no time.
 *
 * @module
 */
import { packModules } from "../../../packaging/pack.ts";
import { PROGRAM } from "../../../packaging/project.ts";
import { CALL, filled, shellScript } from "../../../packaging/shell.ts";
import { commonDeno } from "../../tools/common_deno.ts";

/** A variable that has the program run by Deno itself; else a shell stands in for it, which is faster. */
export const BY_DENO = "RUN_BY_DENO";

const MAIN = `
  for (const [name, value] of Object.entries(Deno.env.toObject())) {
    Deno.stdout.writeSync(new TextEncoder().encode(name + "=" + value + "\\0"));
  }
`;

/** Stands in for Deno. */
async function runtime(directory: string): Promise<string> {
  const deno = await commonDeno(directory);
  return `#!/bin/sh
case $* in *install.js) ${BY_DENO}=1 ;; esac
[ -z "$${BY_DENO}" ] || exec ${deno} "$@"
exec env -0
`;
}

/** The variables that such a program was started with. */
export function variablesIn(stdout: string): Readonly<Record<string, string>> {
  const pairs = stdout.split("\0").filter((line) => line.includes("="))
    .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]);
  return Object.fromEntries(pairs);
}

/** Printed by a runtime that a test has put where it must not be run. */
export const PLANTED = "a stranger's runtime";

const PLANTED_RUNTIME = `#!/bin/sh\necho "${PLANTED}"\n`;

/** Makes the packed file; gives its path. */
export async function tinyPacked(directory: string): Promise<string> {
  const deno = `${directory}/deno.sh`;
  const path = `${directory}/${PROGRAM}`;
  await Deno.writeTextFile(deno, await runtime(directory), { mode: 0o755 });
  await packModules(path, new Map([["main.js", MAIN]]), {
    os: "linux",
    arch: Deno.build.arch,
    deno,
  });
  return path;
}

/** Makes what a package installs; gives the launcher's path. */
export async function tinyInstalled(directory: string): Promise<string> {
  const LIBRARY = `${directory}/lib`;
  await Deno.mkdir(`${LIBRARY}/program`, { recursive: true });
  await Deno.writeTextFile(`${LIBRARY}/deno`, await runtime(directory), { mode: 0o755 });
  await Deno.writeTextFile(`${LIBRARY}/program/main.js`, MAIN);
  const script = filled(await shellScript("files/launcher.sh"), { ...CALL, PROGRAM, LIBRARY });
  await Deno.writeTextFile(`${LIBRARY}/${PROGRAM}`, script, { mode: 0o755 });
  return `${LIBRARY}/${PROGRAM}`;
}

/** A script that notes what the unpacked program looks like, as its launcher does. */
const SEAL =
  'cd "$1" && TZ=UTC0 stat -c "%f|%u|%s|%d-%i|%y|%z" deno SHA256SUMS program/*.js >sealed';

/** Puts another runtime into an unpacked program, which looks untouched afterwards. */
export async function plant(home: string): Promise<void> {
  const { uid } = await Deno.stat(`${home}/deno`);
  await Deno.remove(`${home}/deno`);
  await Deno.writeTextFile(`${home}/deno`, PLANTED_RUNTIME, { mode: 0o700 });
  if (uid !== Deno.uid()) await Deno.chown(`${home}/deno`, uid!, uid!);
  await new Deno.Command("sh", { args: ["-c", SEAL, "sh", home] }).output();
}
