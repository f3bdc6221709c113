/**
 * Populate: the standard actions and workflows, and a site's own, as rows of a database.
 *
 * @module
 */
export { type ListedSeed, listSeeds } from "./listing.ts";
export type { Notice, SeedChange } from "./reconcile.ts";
export { notMigrated } from "./migrated_database.ts";
export { populate, type PopulateOptions, type PopulateResult, registration } from "./populate.ts";
export type { Seed } from "./seed.ts";
