/**
 * Plans: what runs will do, as values.
 *
 * @module
 */
export { planDowngrade } from "./downgrade.ts";
export { foldedSituation } from "./fold.ts";
export { planOfflineStamp, planOfflineUpgrade } from "./offline.ts";
export type { Plan, PlannedMigration, PlanOptions, Resumed, Situation } from "./plan.ts";
export { planStamp } from "./stamp.ts";
export { planUpgrade } from "./upgrade.ts";
