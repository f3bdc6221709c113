/**
 * What tests need of the machine that runs them, and how to see whether it can be had: a test without it is
 * skipped, and says why. A container, an account of a user or a bare chroot lacks some of it.
 *
 * @module
 */
import { programs } from "./servers/packages.ts";
import { run } from "./servers/process.ts";

/** Tries something that a test will do; throws where it cannot be done here. */
export type Need = () => Promise<unknown>;

/** Tries it only once in a process. */
function once(attempt: Need): Need {
  let tried: Promise<unknown> | undefined;
  return () => tried ??= attempt();
}

const shell = (script: string): Need =>
  once(async () => {
    const { success, stderr } = await new Deno.Command("sh", { args: ["-ec", script] }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
  });

/** The rights of root. */
export const root: Need = shell('[ "$(id -u)" = 0 ] || { echo "this is not root" >&2; exit 1; }');

/** The rights of anybody else: root may read everything. */
export const anyUser: Need = shell('[ "$(id -u)" != 0 ] || { echo "this is root" >&2; exit 1; }');

/** Mounting, in a namespace of one's own; a container often may not. */
export const mounts: Need = shell("unshare -m mount -t tmpfs none /proc");

/** The same, with the whole system read-only and no network. */
export const readOnlySystem: Need = shell("unshare -m -n mount -o remount,bind,ro /");

/** Being without any network, in a namespace of one's own. */
export const offline: Need = shell("unshare -n true");

/** A copy of the whole system as a mount, without a network. */
export const overlays: Need = shell(`
  at=$(mktemp -d)
  trap 'rmdir "$at"' EXIT
  unshare -m -n sh -ec '
    mount -t tmpfs none "$0" && mkdir "$0/upper" "$0/work" "$0/root"
    mount -t overlay overlay -o "lowerdir=/,upperdir=$0/upper,workdir=$0/work" "$0/root"
    mount -t proc proc "$0/root/proc"' "$at"`);

/** Files and processes of other users. */
export const otherUsers: Need = shell(`
  at=$(mktemp)
  trap 'rm "$at"' EXIT
  chown 1234:1234 "$at"
  setpriv --reuid=65534 --regid=65534 --clear-groups true`);

/** Terminals, as for a program that is used by hand. */
export const terminals: Need = shell("script -qec true /dev/null");

/** The registry of npm. */
export const registry: Need = once(() =>
  run(["npm", "view", `deno@${Deno.version.deno}`, "version", "--fetch-retries=0"])
);

/** Programs, or files by their paths; missing packages are installed where that is possible. */
export const installed = (names: readonly string[], packages: readonly string[]): Need => () =>
  programs(names, packages);

/** Says loudly that tests are skipped, and why, in one line. */
export function saySkipped(tests: string, error: unknown): void {
  const [reason] = (error as Error).message.trim().split("\n");
  console.error(`SKIPPED: ${tests}: ${reason}`);
}

/** Whether tests have to be skipped for want of one of their needs; says so loudly. */
export async function isSkipped(tests: string, ...needs: readonly Need[]): Promise<boolean> {
  for (const need of needs) {
    try {
      await need();
    } catch (error) {
      saySkipped(tests, error);
      return true;
    }
  }
  return false;
}
