/**
 * What is known of MySQL and MariaDB before anything else of the dialect is loaded.
 *
 * @module
 */
import type { Identity } from "../identities.ts";
import { TABLES } from "./tables.ts";

/** MySQL and MariaDB. */
export const identity: Identity = {
  tables: TABLES,
  alembic: { implementation: "MySQLImpl", ddl: "non-transactional" },
};
