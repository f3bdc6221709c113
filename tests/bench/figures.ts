/**
 * What was measured, in words and judged.
 *
 * @module
 */
import type { DialectName } from "../../lib/sql/dialect_name.ts";
import { duration } from "./chart.ts";
import type { Thought } from "./thinking.ts";
import type { Aim } from "./works.ts";

/** One comparison; milliseconds are medians. */
export interface Figure {
  readonly work: string;
  readonly database: DialectName;
  readonly opponent: string;
  readonly ours: number;
  readonly theirs: number;
  readonly aim: Aim;
}

/** Peak memory of this program at one work. */
export interface Memory {
  readonly work: string;
  readonly database: DialectName;
  readonly mebibytes: number;
}

/** The most memory that any work may take, in MiB. */
const MOST_MEMORY = 100;

/** Ten times as much takes at most so many times as long: caches are small, but what is quadratic takes 100. */
const MOST_GROWTH = 20;

/** Whether what was aimed at was reached. */
export function isReached({ ours, theirs, aim }: Figure): boolean {
  return "timesAsFast" in aim ? theirs / ours >= aim.timesAsFast : ours / theirs <= aim.atMost;
}

function comparison({ ours, theirs, aim }: Figure): string {
  return "timesAsFast" in aim
    ? `${(theirs / ours).toFixed(1)} times as fast (aim: ${aim.timesAsFast})`
    : `${(ours / theirs).toFixed(2)} of the time (aim: at most ${aim.atMost})`;
}

const verdict = (reached: boolean): string => reached ? "" : "  NOT REACHED";

/** A comparison as a line. */
export function figureLine(figure: Figure): string {
  const { work, database, opponent, ours, theirs } = figure;
  return `${work}, ${database}: ${duration(ours)}; ${opponent} ${duration(theirs)}: ` +
    comparison(figure) + verdict(isReached(figure));
}

/** A memory as a line. */
export function memoryLine({ work, database, mebibytes }: Memory): string {
  return `${work}, ${database}: ${mebibytes.toFixed(0)} MiB (aim: at most ${MOST_MEMORY})` +
    verdict(mebibytes <= MOST_MEMORY);
}

/** A thought as a line. */
export function thoughtLine({ name, milliseconds, atMost, growth }: Thought): string {
  return `${name}: ${
    milliseconds.toFixed(1)
  } ms (aim: at most ${atMost}); ten times as much takes ` +
    `${growth.toFixed(1)} times as long${verdict(milliseconds <= atMost && growth <= MOST_GROWTH)}`;
}
