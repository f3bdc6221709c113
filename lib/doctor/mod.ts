/**
 * Health: what is wrong with a database, or would go wrong with its upgrade.
 *
 * @module
 */
export type { Finding, Status } from "../servers/finding.ts";
export type { Check } from "./check.ts";
export { type Examination, examine, type Examined, worstOf } from "./examine.ts";
