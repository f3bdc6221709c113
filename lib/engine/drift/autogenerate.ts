/**
 * Comparing a database with the models: what is different, and the operations that would make it
 * the same.
 *
 * @module
 */
import type { Database } from "../../servers/database.ts";
import { ExplainedError } from "../../errors.ts";
import { declare, type Declared } from "../../operations/declare.ts";
import { express } from "../../operations/express.ts";
import type { Operation } from "../../operations/operation.ts";
import { type RemarkedOperation, remarkOn } from "../../operations/remarks.ts";
import { historyOf } from "../../plan/fold.ts";
import { refuseEdited } from "../../plan/records/site_records.ts";
import type { RevisionGraph } from "../../revisions/graph/graph.ts";
import type { Revision } from "../../revisions/graph/migration.ts";
import { describe, diff, transition } from "../../schema/diff/mod.ts";
import type { SchemaState } from "../../schema/schema.ts";
import { compare } from "./compare.ts";
import { readSituation } from "../situation.ts";

/** The schema that is wanted: the embedded models, and what a site's own migrations add to them. */
export interface WantedSchema {
  /** What makes the embedded models of an empty database. */
  readonly models: readonly Operation[];
  /** All revisions, a site's own included. */
  readonly graph: RevisionGraph<Revision>;
  /** Objects to leave out, see `withoutIgnored`; nothing unless given. */
  readonly ignore?: readonly string[];
}

/** Compares a database at head only: one that is behind cannot be told from one that differs. */
async function requireHeads(
  database: Database,
  graph: RevisionGraph<Revision>,
): Promise<void> {
  const situation = await readSituation(database, () => false);
  const heads = new Set(graph.realHeads);
  if (new Set(situation.versions).symmetricDifference(heads).size > 0) {
    throw new ExplainedError({
      failed: "Target database is not up to date.",
      because: "It is compared with the newest revision",
      remedy:
        'run "upgrade head" first, or "verify", which compares it with the revision that it ' +
        "is at",
    });
  }
  refuseEdited(graph, situation);
}

/** A database, and what is declared for it, with its defaults spelled as the database has them. */
export interface DeclaredComparison {
  readonly live: SchemaState;
  readonly declared: Declared;
}

/** Compares a database with what is declared for it, see {@linkcode compare}. */
export async function compareDeclared(
  database: Database,
  declared: Declared,
  ignore: readonly string[] = [],
): Promise<DeclaredComparison> {
  const { live, wanted } = await compare(
    database,
    await database.server.catalog.introspect(database),
    declared.schema,
    ignore,
  );
  return { live, declared: { ...declared, schema: wanted } };
}

async function comparison(
  database: Database,
  target: WantedSchema,
): Promise<DeclaredComparison> {
  const { models, graph, ignore } = target;
  await requireHeads(database, graph);
  const own = historyOf(graph, graph.realHeads).filter(({ origin }) => origin !== undefined);
  const additions = own.flatMap(({ upgrade }) => upgrade);
  const declared = declare(models, database.server.rules, additions);
  return await compareDeclared(database, declared, ignore);
}

/**
 * What is different between the database and what it should be, a sentence each without its first
 * capital and full stop; none where they agree. Changes nothing.
 *
 * @throws {RefusedError} When the database is not at head.
 */
export async function check(
  database: Database,
  target: WantedSchema,
): Promise<readonly string[]> {
  const { live, declared } = await comparison(database, target);
  return diff(live, declared.schema, declared.anyName).map((change) => describe(change, live));
}

/**
 * The operations that make the database what it should be, in an order in which they can run, with
 * remarks where their author should look twice; none where it is so already. Changes nothing.
 *
 * @throws {RefusedError} When the database is not at head.
 */
export async function autogenerate(
  database: Database,
  target: WantedSchema,
): Promise<readonly RemarkedOperation[]> {
  return operationsBetween(await comparison(database, target));
}

/** The operations that lead from a database to what is declared, with remarks. */
export function operationsBetween(
  { live, declared }: DeclaredComparison,
): readonly RemarkedOperation[] {
  const changes = transition(live, declared.schema, declared.anyName);
  return express(changes, live, declared).flatMap(({ change, operations }) =>
    operations.map((operation, index) => ({
      operation,
      remark: index === 0 ? remarkOn(change, live, changes) : null,
    }))
  );
}
