/**
 * The fewest changes that give a database the wanted definitions.
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
    /** Its present name, which differs from release to release. */
    readonly before: string;
    readonly id: string;
    /** The columns that differ. */
    readonly values: SeedValues;
  }
  | {
    readonly verb: "remove";
    readonly kind: DefinitionKind;
    readonly name: string;
    readonly id: string;
  };

/** A row that is left as it is, but that the operator should know of. */
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

/** The changes to make. */
export interface Reconciliation {
  /** In the order in which they are made. */
  readonly changes: readonly SeedChange[];
  /** Rows that the operator should know of. */
  readonly notices: readonly Notice[];
  /** Seeds that are up to date. */
  readonly upToDate: readonly Pick<Seed, "kind" | "name">[];
}

/** The relevant contents of one kind's table. */
export interface TableContents {
  /** The columns that the table has at its revision. */
  readonly columns: ReadonlySet<string>;
  /** Rows that have the name, or another name, of a seed. */
  readonly rows: readonly Row[];
  /** Whether the server treats two names as equal. */
  readonly sameName: (left: string, right: string) => boolean;
}

const isOurs = (row: Row): boolean => row.project_id === DEFAULT_PROJECT;

/** Older rows have no namespace, and mean the empty one. */
const hasNoNamespace = ({ namespace = null }: Row): boolean =>
  namespace === null || namespace === "";

/** Rows in the empty namespace come first. */
const byNamespace = (left: Row, right: Row): number =>
  Number(left.namespace === null) - Number(right.namespace === null);

/** MySQL and SQLite store booleans as 0 and 1. */
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

/** The changes for one seed. */
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
 * The changes to make.
 *
 * @param stale Rows of actions to delete, unless they become one of the seeds.
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
