/**
 * What can be asked of a server and of the database that a session is in.
 *
 * @module
 */
import type { Column, Default, SchemaState } from "../schema/schema.ts";
import type { ColumnType } from "../schema/types.ts";
import type { Statement } from "../sql/statement.ts";
import type { Database } from "./database.ts";
import type { Facts, ServerVersion } from "./effect.ts";

/** The names of Mistral's tables. */
export interface KnownTables {
  /** Those of all revisions, and those of the program itself. */
  readonly all: readonly string[];
  /** Those with which the history begins. */
  readonly first: readonly string[];
}

/** The schema of a database, and the one that it should have. */
export interface ComparedSchemas {
  /** What the database has. */
  readonly live: SchemaState;
  /** The schema that it should have. */
  readonly wanted: SchemaState;
}

/** The supported versions of a product. */
export interface Product {
  /** The oldest version. */
  readonly oldest: readonly [number, number];
  /** The versions on which every schema and every lock is tested. */
  readonly tested: string;
  /** How many numbers of a version tell one release from another. */
  readonly numbers: 1 | 3;
}

/** The questions, and how to take the answers. */
export interface Catalog {
  /** A query for the names of all tables that statements find unqualified, as `table_name`, in order. */
  readonly tables: string;
  /** Reads the schema of the database that the connection is in, without `alembic_version`. */
  introspect(database: Database): Promise<SchemaState>;
  /** The supported versions of each product that speaks this dialect. */
  readonly products: Readonly<Record<string, Product>>;
  /** Asks which server it is. */
  readVersion(database: Database): Promise<ServerVersion>;
  /** What server is assumed where none can be asked. */
  readonly assumedVersion: ServerVersion;
  /** Asks for a text that is another one where the data are another server's. */
  readPlace(database: Database): Promise<string>;
  /** Reads what {@linkcode Server.effects} must know. Changes nothing. */
  readFacts(database: Database): Promise<Facts>;
  /** Asks why nothing can be changed through this session, as `reason`; NULL where it can. */
  readonly whyReadOnly: Statement;
  /** What others have in the place of Mistral's tables, in words; nothing where that does no harm. */
  strangers(database: Database, known: KnownTables): Promise<readonly string[]>;
  /** A query whose one row says, in `same`, whether two defaults give a column the same value. */
  sameDefault(left: Default, right: Default, type: ColumnType): Statement;
  /** Whether the server takes two texts for the same where it compares them unasked. */
  sameText(left: string, right: string): boolean;
  /** Why a column that differs in its type alone may keep it; null where it may not. */
  whyTypeMayStay(now: Column, wanted: Column, schemas: ComparedSchemas): string | null;
  /** How many bytes a text without a declared length can have; null where there is no limit to tell. */
  textBytes(type: ColumnType): number | null;
}
