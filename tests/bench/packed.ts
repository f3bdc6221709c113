/**
 * Size and start of the packed program: whole processes, in turns with Deno on an empty file.
 * Ratios of medians of one run, since only they survive a change of machine.
 *
 *     deno task bench:packed
 *
 * @module
 */
import { pack } from "../../packaging/pack.ts";
import { ownRuntime } from "../../packaging/runtime.ts";

const ROUNDS = 21;

async function milliseconds(command: readonly string[], env: Record<string, string>) {
  const [program, ...args] = command;
  const began = performance.now();
  const { success, stderr } = await new Deno.Command(program!, { args, env }).output();
  if (!success) throw new Error(`${command.join(" ")}: ${new TextDecoder().decode(stderr)}`);
  return performance.now() - began;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Says how a figure compares with the most that it may be; gives whether it is no more. */
function judged(name: string, figure: number, most: number, unit: string): boolean {
  console.log(`${name}: ${figure.toFixed(2)} ${unit} (at most ${most})`);
  return figure <= most;
}

async function main(directory: string): Promise<boolean> {
  const program = `${directory}/mistral-db-manage`;
  const env = { XDG_CACHE_HOME: `${directory}/cache` };
  const size = await pack(program, ownRuntime);
  await Deno.writeTextFile(`${directory}/empty.js`, "");
  const first = await milliseconds([program, "--version"], env);
  const connection = ["--connection", `sqlite:///${directory}/m.sqlite`];
  await milliseconds([program, ...connection, "upgrade", "head"], env);
  const commands = {
    empty: [Deno.execPath(), "run", `${directory}/empty.js`],
    version: [program, "--version"],
    current: [program, ...connection, "current"],
  };
  const times: Record<string, number[]> = { empty: [], version: [], current: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, command] of Object.entries(commands)) {
      times[name]!.push(await milliseconds(command, env));
    }
  }
  const ratio = (name: string) => median(times[name]!) / median(times.empty!);
  return [
    judged("size", size / 1_000_000, 45, "MB"),
    judged("first start", first / 1000, 3, "s"),
    judged("--version, warm", ratio("version"), 1.5, "times an empty file"),
    judged("current on SQLite", ratio("current"), 3, "times an empty file"),
  ].every(Boolean);
}

const directory = await Deno.makeTempDir({ prefix: "mistral-db-bench-" });
const isWell = await main(directory).finally(() => Deno.remove(directory, { recursive: true }));
Deno.exit(isWell ? 0 : 1);
