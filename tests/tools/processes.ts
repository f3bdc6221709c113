/**
 * Runs in processes of their own.
 *
 * @module
 */
import type { UpgradeResult } from "../../lib/engine/mod.ts";
import type { TestDatabase } from "./databases.ts";

const PROGRAM = new URL("./upgrade_process.ts", import.meta.url).pathname;

const start = (...args: readonly string[]) =>
  new Deno.Command(Deno.execPath(), { args: ["run", "-A", "--no-check", PROGRAM, ...args] })
    .output();

/** Upgrades in a process of its own. */
export async function upgradeProcess(
  { url }: TestDatabase,
  target: string,
): Promise<UpgradeResult> {
  const { success, stdout, stderr } = await start(url, target);
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

/**
 * Upgrades in a process that is killed after so many statements; true if it was.
 *
 * @param direct Whether an empty database gets its schema at once.
 */
export async function killedUpgrade(
  { url }: TestDatabase,
  target: string,
  statements: number,
  direct = false,
): Promise<boolean> {
  const way = direct ? ["direct"] : [];
  const { signal } = await start(url, target, String(statements), ...way);
  return signal === "SIGKILL";
}
