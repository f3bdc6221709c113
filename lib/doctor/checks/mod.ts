/**
 * The checks, in the order in which they are made and shown.
 *
 * @module
 */
import type { Check } from "../check.ts";
import { backup } from "./backup.ts";
import { collations } from "./collations.ts";
import { connection } from "./connection.ts";
import { diskSpace } from "./disk_space.ts";
import { drift } from "./drift.ts";
import { expiration } from "./expiration.ts";
import { galera } from "./galera.ts";
import { isolation } from "./isolation.ts";
import { primaryKeys } from "./primary_keys.ts";
import { privileges } from "./privileges.ts";
import { serverVersion } from "./server_version.ts";
import { services } from "./services.ts";
import { siteIds } from "./site_ids.ts";
import { staleRows } from "./stale_rows.ts";
import { storageEngine } from "./storage_engine.ts";
import { tableSizes } from "./table_sizes.ts";
import { unfinished } from "./unfinished.ts";
import { upgrade } from "./upgrade.ts";
import { versionRow } from "./version_row.ts";
import { writable } from "./writable.ts";

/** All checks. */
export const CHECKS: readonly Check[] = [
  ...[connection, serverVersion, writable, privileges],
  ...[versionRow, siteIds, unfinished, drift, upgrade, services],
  ...[diskSpace, tableSizes, expiration, staleRows],
  ...[collations, storageEngine, isolation, galera, primaryKeys],
  backup,
];
