/**
 * Action: bringing a database from one revision to another.
 *
 * @module
 */
export { autogenerate, check, type WantedSchema } from "./autogenerate.ts";
export { currentVersions } from "./situation.ts";
export { downgrade, type DowngradeResult } from "./downgrade.ts";
export type { EngineEvent, OnEvent } from "./events.ts";
export type { EngineOptions } from "./options.ts";
export { stamp, type StampResult } from "./stamp.ts";
export { run } from "./run.ts";
export { script, type ScriptOptions, stampScript, upgradeScript } from "./script.ts";
export { upgrade, type UpgradeOptions, type UpgradeResult } from "./upgrade.ts";
