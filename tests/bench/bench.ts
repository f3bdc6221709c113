/**
 * How fast the program is beside others: whole processes, in turns, on private servers with their
 * usual durability, warm. Every figure is a ratio of medians of one run, since only that survives a
 * change of machine.
 *
 *     deno task bench [--rows N] [--rounds N] [--only TEXT] [--database NAME]
 *         [--json FILE] [--svg FILE]
 *
 * @module
 */
import { parseArgs } from "node:util";
import { DIALECTS } from "../tools/databases.ts";
import { chart } from "./chart.ts";
import { type Figure, figureLine, type Memory, memoryLine, thoughtLine } from "./figures.ts";
import { type Command, median, memoryOf, milliseconds } from "./measure.ts";
import { type Place, type Places, startPlaces } from "./places.ts";
import { thoughts } from "./thinking.ts";
import { OURS, type Work, worksOf } from "./works.ts";

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "200000" },
    rounds: { type: "string", default: "5" },
    only: { type: "string", default: "" },
    database: { type: "string", default: "" },
    json: { type: "string" },
    svg: { type: "string" },
  },
});
const ROWS = Number(values.rows);
const ROUNDS = Number(values.rounds);

const ours = ({ args }: Work, { config }: Place): Command => ({
  // A configuration file in the home directory is none of this.
  line: [OURS, "--quiet", "--config-file", config, ...args],
});

/** This program and its opponents in turns; work that cannot be repeated gets a new database each time. */
async function compare(work: Work, dialect: Place["dialect"], places: Places): Promise<Figure[]> {
  const contests = work.contests.filter(({ aims }) => aims[dialect]);
  if (contests.length === 0) return [];
  const times = [[], ...contests.map(() => [])] as number[][];
  let place: Place | null = null;
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, own] of times.entries()) {
      if (!place || !work.repeatable) place = await places.make(dialect, work.prepare);
      const opponent = contests[index - 1]?.opponent;
      own.push(await milliseconds(opponent ? await opponent.command(place) : ours(work, place)));
    }
  }
  const [mine, ...theirs] = times.map(median);
  return contests.map(({ opponent, aims }, index) => ({
    ...{ work: work.name, database: dialect, opponent: opponent.name },
    ...{ ours: mine!, theirs: theirs[index]!, aim: aims[dialect]! },
  }));
}

/** What the machine is, as far as it matters. */
async function machine(): Promise<string> {
  const cpu = /model name\s*: (.*)/.exec(await Deno.readTextFile("/proc/cpuinfo"))?.[1] ??
    "unknown";
  const memory = (Deno.systemMemoryInfo().total / 2 ** 30).toFixed(0);
  return `${new Date().toISOString().slice(0, 10)}, ${navigator.hardwareConcurrency} cores of ` +
    `${cpu}, ${memory} GiB, Deno ${Deno.version.deno}; medians of ${ROUNDS}`;
}

async function main(): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const { places } = await startPlaces(stack);
  const works = (await worksOf({ rows: ROWS })).filter(({ name }) => name.includes(values.only));
  const figures: Figure[] = [];
  const memories: Memory[] = [];
  const where = await machine();
  console.log(where);
  for (const work of works) {
    for (const database of DIALECTS.filter((name) => name.includes(values.database))) {
      const own = await compare(work, database, places);
      for (const figure of own) console.log(figureLine(figure));
      figures.push(...own);
      if (own.length === 0) continue;
      const place = await places.make(database, work.prepare);
      const memory = { work: work.name, database, mebibytes: await memoryOf(ours(work, place)) };
      console.log(memoryLine(memory));
      memories.push(memory);
    }
  }
  const ideas = values.only || values.database ? [] : thoughts();
  for (const idea of ideas) console.log(thoughtLine(idea));
  const result = { where, rows: ROWS, figures, memories, thoughts: ideas };
  if (values.json) await Deno.writeTextFile(values.json, `${JSON.stringify(result, null, 2)}\n`);
  if (values.svg) await Deno.writeTextFile(values.svg, chart(figures, where));
}

await main();
Deno.exit();
