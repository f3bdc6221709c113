/**
 * Action: bringing a database from one revision to another.
 *
 * @module
 */
export { adopt, type Adoption, type AdoptOptions } from "./adopt.ts";
export { autogenerate, check, type WantedSchema } from "./autogenerate.ts";
export { currentVersions, readSituation } from "./situation.ts";
export { type JournalEntry, readJournal } from "./journal.ts";
export type { Author } from "../plan/journal.ts";
export { downgrade, type DowngradeResult } from "./downgrade.ts";
export type { EngineEvent, OnEvent } from "./events.ts";
export {
  type Block,
  explain,
  type ExplainedEffect,
  type ExplainedMigration,
  type ExplainedStatement,
  type Explanation,
  type Risk,
  type Totals,
} from "./explain.ts";
export type { Sizes } from "./estimate.ts";
export type { EngineOptions, RunSettings } from "./options.ts";
export { type Preview, previewOffline, previewUpgrade } from "./preview.ts";
export {
  type MigrationReport,
  type Recorder,
  recorder,
  type RunReport,
  type State,
  type StatementReport,
} from "./report.ts";
export { stamp, type StampResult } from "./stamp.ts";
export { run, type RunOptions } from "./run.ts";
export { script, type ScriptOptions, stampScript, upgradeScript } from "./script.ts";
export { upgrade, type UpgradeOptions, type UpgradeResult } from "./upgrade.ts";
export type { Drift, Finding, Verdict } from "./drift.ts";
export { type Verification, verify } from "./verify.ts";
export type { Progress } from "./watch.ts";
