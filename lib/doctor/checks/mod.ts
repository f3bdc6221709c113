/**
 * The checks, in the order in which they are made and shown.
 *
 * @module
 */
import type { Health } from "../../servers/health.ts";
import type { Check } from "../check.ts";
import { backup } from "./rows/backup.ts";
import { connection } from "./server/connection.ts";
import { diskSpace } from "./server/disk_space.ts";
import { drift } from "./schema/drift.ts";
import { expiration } from "./rows/expiration.ts";
import { isolation } from "./server/isolation.ts";
import { privileges } from "./server/privileges.ts";
import { serverVersion } from "./server/server_version.ts";
import { services } from "./rows/services.ts";
import { siteIds } from "./schema/site_ids.ts";
import { staleRows } from "./rows/stale_rows.ts";
import { tableSizes } from "./rows/table_sizes.ts";
import { unfinished } from "./schema/unfinished.ts";
import { upgrade } from "./schema/upgrade.ts";
import { versionRow } from "./schema/version_row.ts";
import { writable } from "./server/writable.ts";

/** All checks of a database on a server with these questions. */
export const checksOf = (health: Health): readonly Check[] => [
  ...[connection, serverVersion, writable, privileges],
  ...[versionRow, siteIds, unfinished, drift, upgrade, services],
  ...[diskSpace, tableSizes, expiration, staleRows],
  ...health.checks,
  ...[isolation, backup],
];
