/**
 * What the program works out before it does anything, without a server: in milliseconds, and how it
 * grows with ten times as much.
 *
 * @module
 */
import { dialects } from "../tools/dialects.ts";
import { fold } from "../../lib/plan/fold.ts";
import type { Situation } from "../../lib/plan/plan.ts";
import { planUpgrade } from "../../lib/plan/upgrade.ts";
import { revisionGraph } from "../../lib/revisions/graph/graph.ts";
import type { Revision } from "../../lib/revisions/graph/migration.ts";
import { diff } from "../../lib/schema/diff/mod.ts";
import { emptySchema, schemaOf, type SchemaState } from "../../lib/schema/schema.ts";
import { addColumn } from "../../lib/operations/vocabulary.ts";
import { column, integer } from "../../lib/operations/columns.ts";
import { migrations } from "../../migrations/mod.ts";
import { median } from "./measure.ts";

/** One thing that is thought about. */
export interface Thought {
  readonly name: string;
  readonly milliseconds: number;
  readonly atMost: number;
  /** How many times as long ten times as much takes. */
  readonly growth: number;
}

const ROUNDS = 11;

function medianOf(work: () => unknown): number {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const began = performance.now();
    work();
    times.push(performance.now() - began);
  }
  return median(times);
}

function thought(name: string, atMost: number, work: (times: number) => () => unknown): Thought {
  const [once, tenTimes] = [work(1), work(10)].map(medianOf) as [number, number];
  return { name, milliseconds: once, atMost, growth: tenTimes / once };
}

const { postgresql } = dialects;

/** The history, and as many further revisions as make it so many times as long. */
function history(times: number): readonly Revision[] {
  const more = Array.from({ length: migrations.length * (times - 1) }, (_, index): Revision => ({
    id: `x${index}`,
    down: index === 0 ? migrations.at(-1)!.id : `x${index - 1}`,
    message: "more",
    created: "2026-01-01T00:00:00Z",
    upgrade: [addColumn("named_locks", column(`c${index}`, integer))],
  }));
  return [...migrations, ...more];
}

const empty: Situation = { versions: null, schema: emptySchema, checksums: new Map() };

/** The schema at head, and as many copies of its tables. */
function wide(times: number): SchemaState {
  const tables = [...fold(migrations, postgresql.rules).tables.values()];
  return schemaOf(
    Array.from(
      { length: times },
      (_, copy) =>
        tables.map((table) => copy === 0 ? table : { ...table, name: `${table.name}_${copy}` }),
    )
      .flat(),
  );
}

/** A chain of revisions. */
const chain = (length: number) =>
  Array.from({ length }, (_, index) => ({
    id: `r${index}`,
    down: index === 0 ? null : `r${index - 1}`,
    message: "",
  }));

/** Measures all of it. */
export function thoughts(): readonly Thought[] {
  return [
    thought("plan of every revision", 10, (times) => {
      const graph = revisionGraph(history(times));
      return () => planUpgrade(graph, "head", empty, postgresql);
    }),
    thought("schema at head, folded", 5, (times) => {
      const revisions = history(times);
      return () => fold(revisions, postgresql.rules);
    }),
    thought("comparison of two schemas at head", 5, (times) => {
      const [left, right] = [wide(times), wide(times)];
      return () => diff(left, right);
    }),
    thought("graph of 10,000 revisions", 50, (times) => {
      const revisions = chain(10_000 * times);
      return () => revisionGraph(revisions);
    }),
  ];
}
