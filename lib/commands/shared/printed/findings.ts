/**
 * How a schema differs from what it should be, for people and as SQL.
 *
 * @module
 */
import type { Server } from "../../../servers/server.ts";
import { type Deviation, type Drift, repairStatements } from "../../../engine/drift/drift.ts";
import { capitalized } from "../../../text/printable.ts";
import type { Json } from "../../../cli/command.ts";

/** Findings as sentences: those that matter first. */
export function sentences(findings: readonly Deviation[]): readonly string[] {
  const [harmless, wrong] = [true, false].map((is) =>
    findings.filter((one) => one.harmless === is)
  );
  return [
    ...wrong!.map(({ words }) => capitalized(words)),
    ...harmless!.map(({ words }) => `${capitalized(words)} (harmless)`),
  ];
}

/** The findings that are not harmless. */
export const wrongOf = ({ findings }: Drift): readonly Deviation[] =>
  findings.filter(({ harmless }) => !harmless);

/** How many there are, in words. */
export const differences = (count: number): string =>
  `${count} difference${count === 1 ? "" : "s"}`;

/** The statements that repair it. */
export const repairsOf = (drift: Drift, server: Server): readonly string[] =>
  repairStatements(drift, server).map((text) => `${text};`);

/** A drift for programs. */
export function driftJson(drift: Drift, server: Server): { readonly [name: string]: Json } {
  return {
    findings: drift.findings.map(({ verdict, table, words, harmless }) => ({
      ...{ verdict, table, words, harmless },
    })),
    repairs: repairsOf(drift, server),
  };
}
