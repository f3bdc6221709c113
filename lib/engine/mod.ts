/**
 * Action: bringing a database from one revision to another.
 *
 * @module
 */
export { adopt } from "./verbs/adopt.ts";
export { check } from "./drift/autogenerate.ts";
export { currentVersions, readSituation } from "./situation.ts";
export { downgrade } from "./verbs/downgrade.ts";
export type { EngineEvent } from "./events.ts";
export { explain } from "./explanation/explain.ts";
export { previewUpgrade } from "./explanation/preview.ts";
export { recorder } from "./account/report.ts";
export { stamp } from "./verbs/stamp.ts";
export { run } from "./run.ts";
export { script, type ScriptOptions, stampScript, upgradeScript } from "./script.ts";
export { upgrade, type UpgradeResult } from "./verbs/upgrade.ts";
export { verify } from "./drift/verify.ts";
export { type Verb, work, type WorkOptions } from "./work.ts";
