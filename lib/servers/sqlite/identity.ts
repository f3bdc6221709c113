/**
 * What is known of SQLite before anything else of the dialect is loaded.
 *
 * @module
 */
import type { Identity } from "../identities.ts";
import { TABLES } from "./tables.ts";

/** SQLite. */
export const identity: Identity = {
  tables: TABLES,
  // SQLite's DDL is transactional, but not for Alembic.
  alembic: { implementation: "SQLiteImpl", ddl: "non-transactional" },
};
