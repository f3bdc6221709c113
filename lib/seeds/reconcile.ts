/**
 * What has to happen for a database to hold the wanted definitions: as little as possible.
 *
 * @module
 */
import type { DefinitionKind } from "../definitions/definition.ts";
import type { Row, Value } from "../sql/statement.ts";
import { DEFAULT_PROJECT, type Seed, type SeedValues } from "./seed.ts";

/** A change of one row. */
export type SeedChange =
  | {
    readonly verb: "add";
    readonly kind: DefinitionKind;
    readonly name: string;
    readonly values: SeedValues;
  }
  | {
    readonly verb: "change";
    readonly kind: DefinitionKind;
    readonly name: string;
    /** Its name so far, which is another one where the releases differ. */
    readonly before: string;
    readonly id: string;
    /** Those of the columns that differ. */
    readonly values: SeedValues;
  }
  | {
    readonly verb: "remove";
    readonly kind: DefinitionKind;
    readonly name: string;
    readonly id: string;
  };

/** A row that stands in nobody's way but should be known of; it is left as it is. */
export interface Notice {
  /** Whether it is an action or a workflow. */
  readonly kind: DefinitionKind;
  /** The name that the row has. */
  readonly name: string;
  /** Public in another project under a seed's name, or a system row under a seed's other name. */
  readonly reason: "foreign" | "superseded";
  /** The project that the row belongs to. */
  readonly project: string;
}

/** What has to happen. */
export interface Reconciliation {
  /** In the order in which they are made. */
  readonly changes: readonly SeedChange[];
  /** What the operator should know of. */
  readonly notices: readonly Notice[];
  /** What is right already. */
  readonly upToDate: readonly Pick<Seed, "kind" | "name">[];
}

/** What is in the table of one kind, as far as it matters. */
export interface TableContents {
  /** The columns that the table has at its revision. */
  readonly columns: ReadonlySet<string>;
  /** Rows that have the name, or another name, of a seed. */
  readonly rows: readonly Row[];
  /** What the server takes for the same name. */
  readonly sameName: (left: string, right: string) => boolean;
}

const isOurs = (row: Row): boolean => row.project_id === DEFAULT_PROJECT;

/** Older rows have no namespace, and mean the empty one. */
const hasNoNamespace = ({ namespace = null }: Row): boolean =>
  namespace === null || namespace === "";

/** Rows that are in the empty namespace come first. */
const byNamespace = (left: Row, right: Row): number =>
  Number(left.namespace === null) - Number(right.namespace === null);

/** MySQL and SQLite have 0 and 1 for booleans. */
function isSame(found: Value | undefined, wanted: Value): boolean {
  if (typeof wanted === "boolean" && found !== null) return Boolean(Number(found)) === wanted;
  return found === wanted;
}

function onlyColumns(values: SeedValues, columns: ReadonlySet<string>): SeedValues {
  return Object.fromEntries(Object.entries(values).filter(([column]) => columns.has(column)));
}

function differences(row: Row, wanted: SeedValues): SeedValues {
  return Object.fromEntries(
    Object.entries(wanted).filter(([column, value]) => !isSame(row[column], value)),
  );
}

/** The rows for one seed. */
function rowsFor(seed: Seed, { rows, sameName }: TableContents) {
  const named = rows.filter((row) => hasNoNamespace(row) && sameName(String(row.name), seed.name));
  const renamed = rows.filter((row) =>
    hasNoNamespace(row) && isOurs(row) && Boolean(Number(row.is_system ?? false)) &&
    seed.otherNames.includes(String(row.name))
  );
  return {
    own: named.filter(isOurs).toSorted(byNamespace)[0],
    foreign: named.filter((row) => !isOurs(row) && row.scope === "public"),
    renamed,
  };
}

const noticeOf = (reason: Notice["reason"], kind: DefinitionKind) => (row: Row): Notice => ({
  kind,
  name: String(row.name),
  reason,
  project: String(row.project_id),
});

/** What has to happen for one seed. */
function reconcileSeed(seed: Seed, contents: TableContents): Reconciliation {
  const { kind, name } = seed;
  const { own, foreign, renamed } = rowsFor(seed, contents);
  const notices = [
    ...foreign.map(noticeOf("foreign", kind)),
    ...(own ? renamed.map(noticeOf("superseded", kind)) : []),
  ];
  const values = onlyColumns(seed.values, contents.columns);
  const row = own ?? renamed[0];
  if (!row) return { changes: [{ verb: "add", kind, name, values }], notices, upToDate: [] };
  const differing = differences(row, values);
  if (Object.keys(differing).length === 0) {
    return { changes: [], notices, upToDate: [{ kind, name }] };
  }
  const { id, name: before } = row;
  const change = { verb: "change", kind, name, before, id, values: differing } as SeedChange;
  return { changes: [change], notices, upToDate: [] };
}

function joined(parts: readonly Reconciliation[]): Reconciliation {
  return {
    changes: parts.flatMap(({ changes }) => changes),
    notices: parts.flatMap(({ notices }) => notices),
    upToDate: parts.flatMap(({ upToDate }) => upToDate),
  };
}

/**
 * What has to happen.
 *
 * @param stale Rows of actions that must not be there, unless they become one of the seeds.
 */
export function reconcile(
  seeds: readonly Seed[],
  tables: Readonly<Record<DefinitionKind, TableContents>>,
  stale: readonly Row[] = [],
): Reconciliation {
  const wanted = joined(seeds.map((seed) => reconcileSeed(seed, tables[seed.kind])));
  const kept = new Set(wanted.changes.map((change) => "id" in change ? change.id : ""));
  const removals = stale.filter(({ id }) => !kept.has(String(id))).map((row): SeedChange => ({
    verb: "remove",
    kind: "action",
    name: String(row.name),
    id: String(row.id),
  }));
  return { ...wanted, changes: [...removals, ...wanted.changes] };
}
