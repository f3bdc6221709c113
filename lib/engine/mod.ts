/**
 * Action: bringing a database from one revision to another.
 *
 * @module
 */
export { adopt, type Adoption, type AdoptOptions } from "./verbs/adopt.ts";
export { autogenerate, check, type WantedSchema } from "./drift/autogenerate.ts";
export { currentVersions, readSituation } from "./situation.ts";
export { type JournalEntry, readJournal } from "./account/journal.ts";
export type { Author } from "../plan/records/journal.ts";
export { downgrade, type DowngradeResult } from "./verbs/downgrade.ts";
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
} from "./explanation/explain.ts";
export type { Sizes } from "./explanation/estimate.ts";
export type { EngineOptions, RunSettings } from "./options.ts";
export { type Preview, previewOffline, previewUpgrade } from "./explanation/preview.ts";
export {
  type MigrationReport,
  type Recorder,
  recorder,
  type RunReport,
  type State,
  type StatementReport,
} from "./account/report.ts";
export { stamp, type StampOptions, type StampResult } from "./verbs/stamp.ts";
export { run, type RunOptions } from "./run.ts";
export { script, type ScriptOptions, stampScript, upgradeScript } from "./script.ts";
export { upgrade, type UpgradeResult } from "./verbs/upgrade.ts";
export type { Drift, Finding, Verdict } from "./drift/drift.ts";
export { type Verification, verify } from "./drift/verify.ts";
export type { Progress } from "./account/watch.ts";
export { type Known, type Needs, type Outcome, type Verb, work, type WorkOptions } from "./work.ts";
