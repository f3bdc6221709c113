/**
 * Runs in processes of their own.
 *
 * @module
 */
import type { UpgradeResult } from "../../lib/engine/mod.ts";
import type { TestDatabase } from "./databases.ts";
import type { WorkName } from "./works.ts";

function start(program: string, ...args: readonly string[]): Promise<Deno.CommandOutput> {
  const path = new URL(`./${program}.ts`, import.meta.url).pathname;
  const options = { args: ["run", "-A", "--no-check", path, ...args] };
  return new Deno.Command(Deno.execPath(), options).output();
}

/** Upgrades in a process of its own. */
export async function upgradeProcess(
  { url }: TestDatabase,
  target: string,
): Promise<UpgradeResult> {
  const { success, stdout, stderr } = await start("upgrade_process", url, target);
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** Does a work in a process that is killed after so many statements; true if it was. */
export async function killed(
  name: WorkName,
  { url }: TestDatabase,
  statements: number,
): Promise<boolean> {
  const { success, signal, stderr } = await start("killed_process", name, url, String(statements));
  if (!success && signal === null) throw new Error(new TextDecoder().decode(stderr));
  return signal === "SIGKILL";
}
