/**
 * The checks, in the order in which they are made and shown.
 *
 * @module
 */
import type { Health } from "../../servers/health.ts";
import type { Check } from "../check.ts";
import { backup } from "./backup.ts";
import { connection } from "./connection.ts";
import { diskSpace } from "./disk_space.ts";
import { drift } from "./drift.ts";
import { expiration } from "./expiration.ts";
import { isolation } from "./isolation.ts";
import { privileges } from "./privileges.ts";
import { serverVersion } from "./server_version.ts";
import { services } from "./services.ts";
import { siteIds } from "./site_ids.ts";
import { staleRows } from "./stale_rows.ts";
import { tableSizes } from "./table_sizes.ts";
import { unfinished } from "./unfinished.ts";
import { upgrade } from "./upgrade.ts";
import { versionRow } from "./version_row.ts";
import { writable } from "./writable.ts";

/** All checks of a database on a server with these questions. */
export const checksOf = (health: Health): readonly Check[] => [
  ...[connection, serverVersion, writable, privileges],
  ...[versionRow, siteIds, unfinished, drift, upgrade, services],
  ...[diskSpace, tableSizes, expiration, staleRows],
  ...health.checks,
  ...[isolation, backup],
];
