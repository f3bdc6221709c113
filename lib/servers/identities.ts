/**
 * The little of each dialect that telling the current revision needs, which is asked most often. It
 * stands apart from the rest, so that nothing else is loaded for that.
 *
 * @module
 */
import type { DialectName } from "../sql/dialect_name.ts";
import { identity as mysql } from "./mysql/identity.ts";
import { identity as postgresql } from "./postgresql/identity.ts";
import { identity as sqlite } from "./sqlite/identity.ts";

/** What a database is called, and how it tells which tables it has. */
export interface Identity {
  /** A query for the names of all tables that statements find unqualified, as `table_name`, in order. */
  readonly tables: string;
  /** What Alembic's log lines call its implementation, and whether it takes DDL for transactional. */
  readonly alembic: {
    readonly implementation: string;
    readonly ddl: "transactional" | "non-transactional";
  };
}

/** The identities of all dialects. */
export const identities: Readonly<Record<DialectName, Identity>> = { postgresql, mysql, sqlite };
