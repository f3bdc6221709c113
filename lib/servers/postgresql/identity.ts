/**
 * What is known of PostgreSQL before anything else of the dialect is loaded.
 *
 * @module
 */
import type { Identity } from "../identities.ts";
import { TABLES } from "./tables.ts";

/** PostgreSQL. */
export const identity: Identity = {
  tables: TABLES,
  alembic: { implementation: "PostgresqlImpl", ddl: "transactional" },
};
