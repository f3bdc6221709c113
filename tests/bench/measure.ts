/**
 * Measuring whole processes.
 *
 * @module
 */

/** A command line; its environment is that of this process and what is given. */
export interface Command {
  readonly line: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** The middle of the values. */
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** The most resident memory that a process has had, in MiB, as Linux tells; 0 once it has ended. */
async function peakMemory(pid: number): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`).catch(() => "");
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
}

function start({ line: [program, ...args], env = {} }: Command): Deno.ChildProcess {
  return new Deno.Command(program!, { args, env, stdout: "null", stderr: "piped" }).spawn();
}

async function succeeded(process: Deno.ChildProcess, { line }: Command): Promise<void> {
  const { code, stderr } = await process.output();
  if (code !== 0) throw new Error(`${line.join(" ")}: ${new TextDecoder().decode(stderr)}`);
}

/** How long a command takes, in milliseconds. */
export async function milliseconds(command: Command): Promise<number> {
  const began = performance.now();
  await succeeded(start(command), command);
  return performance.now() - began;
}

/** The most memory that a command takes, in MiB; watching costs time, so this is a run of its own. */
export async function memoryOf(command: Command): Promise<number> {
  const process = start(command);
  let most = 0;
  const watch = async () => most = Math.max(most, await peakMemory(process.pid));
  const sampler = setInterval(watch, 2);
  try {
    await succeeded(process, command);
  } finally {
    clearInterval(sampler);
  }
  return most;
}
