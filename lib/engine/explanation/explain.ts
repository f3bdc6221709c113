/**
 * A plan explained: what each statement locks, how long that may last on tables of this size, and
 * what a run comes to altogether. Asks no server; what must be known of it arrives as facts.
 *
 * @module
 */
import type { Server } from "../../servers/server.ts";
import type { Step } from "../../servers/step.ts";
import type { Effect, Facts } from "../../servers/effect.ts";
import { nameOf, type Plan, type PlannedMigration, purposeOf } from "../../plan/plan.ts";
import { inlined } from "../../sql/literals.ts";
import { secondsOf, type Sizes } from "./estimate.ts";
import { reasonsToStop } from "./services.ts";

/** The effect of a statement on an existing table, as far as its size is known. */
export interface ExplainedEffect {
  /** The table. */
  readonly table: string;
  /** Roughly how many rows it has; null where it is not known. */
  readonly rows: number | null;
  /** How much room it takes, with its indexes; null where it is not known. */
  readonly bytes: number | null;
  /** What the server calls the lock, such as `ACCESS EXCLUSIVE` or `ALGORITHM=COPY, LOCK=SHARED`. */
  readonly lock: string;
  /** What others cannot do with the table meanwhile. */
  readonly blocks: "nothing" | "the same rows" | "writes" | "reads and writes";
  /**
   * How it is made: without a look at the rows, by reading them all, by writing them all anew while
   * others go on or wait, or by changing rows one by one.
   */
  readonly method: "instant" | "scan" | "rebuild" | "copy" | "rows";
  /** How long the statement is at it, roughly; null where the table's size is not known. */
  readonly seconds: number | null;
}

/** One statement. */
export interface ExplainedStatement {
  /** As a script has it. */
  readonly sql: string;
  /** What its step does. */
  readonly words: string;
  /** Its effects on existing tables; none for tables that the run creates itself. */
  readonly effects: readonly ExplainedEffect[];
  /** How much the worst of it hurts: by how long it blocks, as far as sizes are known. */
  readonly risk: "none" | "low" | "medium" | "high" | "unknown";
  /** Whether it holds up all nodes of a Galera cluster, and not only its own table. */
  readonly stallsCluster: boolean;
}

/** How much a block hurts. */
export type Risk = ExplainedStatement["risk"];

/** One migration. */
export interface ExplainedMigration {
  /** The revision that it leads to. */
  readonly revision: string;
  /** Its purpose; null if the database is only stamped. */
  readonly message: string | null;
  /** The revisions before. */
  readonly from: readonly string[];
  /** The revisions after. */
  readonly to: readonly string[];
  /** Whether an earlier run has begun it. */
  readonly resumed: boolean;
  /** How many of its steps an earlier run has made, as far as they can be counted. */
  readonly made: number;
  /** Its statements, those that an earlier run has made left out. */
  readonly statements: readonly ExplainedStatement[];
  /** Why Mistral's services must not run meanwhile; none where they may. */
  readonly stopServices: readonly string[];
  /** The longest time that a table is blocked for reads or writes; null where nothing is. */
  readonly block: Block | null;
}

/** A migration before it is known how long its transaction lasts. */
type Undated = Omit<ExplainedMigration, "block">;

/** A table that others have to wait for. */
export interface Block {
  /** The migration that does it. */
  readonly revision: string;
  /** The table. */
  readonly table: string;
  /** What others cannot do with it. */
  readonly blocks: ExplainedEffect["blocks"];
  /** Roughly; null where a size is not known. */
  readonly seconds: number | null;
}

/** A plan explained. */
export interface Explanation {
  /** What the plan does with revisions. */
  readonly kind: "upgrade" | "downgrade" | "stamp" | "adopt" | "populate";
  /** The server, or the one that is assumed. */
  readonly server: {
    readonly product: string;
    readonly version: readonly [number, number, number];
  };
  /** Whether it is a node of a Galera cluster. */
  readonly cluster: boolean;
  /** The revisions before. */
  readonly from: readonly string[];
  /** The revisions after. */
  readonly to: readonly string[];
  /** Whether the whole run is one transaction, which holds every lock to the end of the run. */
  readonly singleTransaction: boolean;
  /** In the order in which they are made. */
  readonly migrations: readonly ExplainedMigration[];
  /** The totals. */
  readonly totals: {
    /** How many migrations. */
    readonly migrations: number;
    /** How many statements. */
    readonly statements: number;
    /** Rows that are changed one by one, at the most; null where a size is not known. */
    readonly rowsWritten: number | null;
    /** The size of all tables that are copied or rebuilt; null where one is not known. */
    readonly bytesCopied: number | null;
    /** The longest of all blocks; null where nothing is blocked. */
    readonly longestBlock: Block | null;
    /** The migrations that need the services stopped. */
    readonly stopServices: readonly string[];
  };
}

/** Blocks that last so many seconds hurt. */
const MEDIUM_SECONDS = 1;
const HIGH_SECONDS = 30;

const isBlocking = ({ blocks }: Effect): boolean =>
  blocks === "writes" || blocks === "reads and writes";

function riskOf({ blocks, seconds, method }: ExplainedEffect): Risk {
  if (blocks === "nothing" || (blocks === "the same rows" && seconds === 0)) return "none";
  if (method === "instant") return "low";
  if (seconds === null) return "unknown";
  if (seconds < MEDIUM_SECONDS) return "low";
  return seconds < HIGH_SECONDS || blocks === "the same rows" ? "medium" : "high";
}

const RISKS: readonly Risk[] = ["none", "low", "medium", "unknown", "high"];

function worst(risks: readonly Risk[]): Risk {
  return RISKS[Math.max(0, ...risks.map((risk) => RISKS.indexOf(risk)))]!;
}

/** A sum that is not known as soon as one of its parts is not. */
function sum(values: readonly (number | null)[]): number | null {
  return values.reduce(
    (total, value) => total === null || value === null ? null : total + value,
    0,
  );
}

/** Facts about tables, and which of them the run has created itself. */
class Knowledge {
  readonly #created = new Set<string>();
  constructor(readonly facts: Facts) {}

  sizesOf(table: string): Sizes {
    if (this.#created.has(table)) return { rows: 0, bytes: 0 };
    const known = this.facts.tables.get(table);
    return { rows: known?.rows ?? null, bytes: known?.bytes ?? null };
  }

  isOwn(table: string): boolean {
    return this.#created.has(table);
  }

  note({ changes }: Step): void {
    for (const { change } of changes) {
      if (change.kind === "createTable") this.#created.add(change.table.name);
    }
  }
}

function explainStep(
  step: Step,
  server: Server,
  known: Knowledge,
): readonly ExplainedStatement[] {
  const effects = server.effects(step, known.facts);
  const explained = step.statements.map((statement, index) => {
    const own = effects[index]!.filter(({ table }) => !known.isOwn(table)).map((effect) => {
      const sizes = known.sizesOf(effect.table);
      return { ...effect, ...sizes, seconds: secondsOf(effect.method, sizes) };
    });
    const isSlow = own.some(({ method, rows }) =>
      method !== "instant" && method !== "rows" && rows !== 0
    );
    return {
      sql: inlined(statement, server.spelling.literal),
      words: step.words,
      effects: own,
      risk: worst(own.map(riskOf)),
      stallsCluster: known.facts.cluster && isSlow,
    };
  });
  known.note(step);
  return explained;
}

/** How long each statement takes. */
function durationsOf({ statements }: Undated): readonly (number | null)[] {
  return statements.map(({ effects }) => sum(effects.map(({ seconds }) => seconds)));
}

/**
 * The longest block that begins in a migration. A transaction holds its locks to its end.
 *
 * @param after How long the transaction continues after the migration; null if that is not known.
 */
function longestBlock(
  migration: Undated,
  { spelling: { transactionalDdl } }: Server,
  after: number | null,
): Block | null {
  const { revision, statements } = migration;
  const durations = durationsOf(migration);
  const blocks = statements.flatMap(({ effects }, index) =>
    effects.filter(isBlocking).map(({ table, blocks, seconds }): Block => ({
      ...{ revision, table, blocks },
      seconds: transactionalDdl ? sum([...durations.slice(index), after]) : seconds,
    }))
  );
  return longest(blocks);
}

/** The longest of blocks; what is not known may be longer than everything. */
function longest(blocks: readonly Block[]): Block | null {
  const length = ({ seconds }: Block) => seconds ?? Infinity;
  return blocks.reduce<Block | null>(
    (most, block) => most === null || length(block) > length(most) ? block : most,
    null,
  );
}

function explainMigration(
  migration: PlannedMigration,
  server: Server,
  known: Knowledge,
): Undated {
  const { from, to, resumed, steps } = migration;
  const made = resumed?.made ?? 0;
  const stopServices = reasonsToStop(steps, (table) => known.isOwn(table));
  const statements = steps.flatMap((step) => explainStep(step, server, known));
  return {
    ...{ revision: nameOf(migration), message: purposeOf(migration), from, to },
    ...{ resumed: resumed !== null, made, statements, stopServices },
  };
}

/** Adds to each migration the longest block that begins in it. */
function withBlocks(
  migrations: readonly Undated[],
  server: Server,
  singleTransaction: boolean,
): readonly ExplainedMigration[] {
  return migrations.map((migration, index) => {
    const rest = singleTransaction ? migrations.slice(index + 1) : [];
    const block = longestBlock(migration, server, sum(rest.flatMap(durationsOf)));
    return { ...migration, block };
  });
}

function totalsOf(migrations: readonly ExplainedMigration[]): Explanation["totals"] {
  const statements = migrations.flatMap((migration) => migration.statements);
  const effects = statements.flatMap((statement) => statement.effects);
  const copied = effects.filter(({ method }) => method === "copy" || method === "rebuild");
  return {
    migrations: migrations.length,
    statements: statements.length,
    rowsWritten: sum(effects.filter(({ method }) => method === "rows").map(({ rows }) => rows)),
    bytesCopied: sum(copied.map(({ rows, bytes }) => rows === 0 ? 0 : bytes)),
    longestBlock: longest(migrations.flatMap(({ block }) => block ?? [])),
    stopServices: migrations.filter(({ stopServices }) => stopServices.length > 0)
      .map(({ revision }) => revision),
  };
}

/** Explains a plan, with what is known of the server and its tables. */
export function explain(plan: Plan, server: Server, facts: Facts): Explanation {
  const known = new Knowledge(facts);
  const singleTransaction = plan.transaction !== null;
  const explained = plan.migrations.map((one) => explainMigration(one, server, known));
  const migrations = withBlocks(explained, server, singleTransaction);
  const { kind, from, to } = plan;
  return {
    ...{
      kind,
      server: facts.version,
      cluster: facts.cluster,
      from,
      to,
      singleTransaction,
      migrations,
    },
    totals: totalsOf(migrations),
  };
}
