/**
 * Runs `deno test` with private database servers, started before and ended afterwards: `deno task test
 * [arguments of deno test]`. Without arguments it runs all tests and the documented examples, several jobs
 * at once, each with servers that nobody else uses meanwhile, and checks the types once for all. They start the
 * built program that `BINARY` names, or the checkout.
 *
 * @module
 */
import { allJobs, type Job, ROOT } from "./jobs.ts";
import { makeCertificates } from "./servers/certificates.ts";
import { startShared } from "./servers/shared.ts";
import { Summary } from "./summary.ts";
import { type TemporaryCommand, temporaryFolder } from "./temporary.ts";

type Environment = Readonly<Record<string, string>>;

/** A test waits for one process at a time, and leaves cores idle. */
const WORKERS = navigator.hardwareConcurrency + 1;

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const running = new Set<Deno.ChildProcess>();
let interrupted = false;

/** A signal is put to whatever runs, and nothing is begun after it. */
function forwardSignals(): void {
  for (const signal of SIGNALS) {
    Deno.addSignalListener(signal, () => {
      interrupted = true;
      for (const child of running) child.kill(signal);
    });
  }
}

function start(args: Job, env: Environment, options: Deno.CommandOptions): Deno.ChildProcess {
  const command = new Deno.Command(Deno.execPath(), { ...options, args: [...args], env });
  const child = command.spawn();
  running.add(child);
  child.status.then(() => running.delete(child));
  return child;
}

/** One `deno test`, as if it had been started by hand. */
async function runOne(args: readonly string[], env: Environment): Promise<number> {
  return (await start(["test", "-A", ...args], env, {}).status).code;
}

/** Does a job and shows what it wrote when it has ended. */
async function runJob(job: Job, env: Environment, summary: Summary): Promise<boolean> {
  const options = { cwd: ROOT, stdout: "piped", stderr: "piped" } as const;
  const child = start(job, { NO_COLOR: "1", ...env }, options);
  const [stderr, stdout] = await Promise.all([child.stderr.text(), child.stdout.text()]);
  const { success } = await child.status;
  console.log(`${stderr}${summary.add(stdout, success)}`.trim());
  return success;
}

/** Does jobs until none is left; gives those that failed. */
async function work(queue: Job[], env: Environment, summary: Summary): Promise<readonly Job[]> {
  const failed: Job[] = [];
  for (let job = queue.shift(); job && !interrupted; job = queue.shift()) {
    if (!await runJob(job, env, summary)) failed.push(job);
  }
  return failed;
}

/** Does something with certificates, and with servers of its own that end with it. */
async function withServers<T>(
  certificates: Promise<string>,
  action: (env: Environment) => Promise<T>,
): Promise<T> {
  await using servers = new AsyncDisposableStack();
  return await action(await startShared(certificates, servers));
}

async function runAll(certificates: Promise<string>): Promise<number> {
  const summary = new Summary();
  const queue = [...await allJobs()];
  const worker = () => withServers(certificates, (env) => work(queue, env, summary));
  const failed = (await Promise.all(Array.from({ length: WORKERS }, worker))).flat();
  for (const job of failed) console.log(`FAILED: deno ${job.join(" ")}`);
  console.log(String(summary));
  return failed.length > 0 || interrupted ? 1 : 0;
}

/** Does all of this once more, where the folder is in memory. */
async function runInMemory(
  { command: [program, ...args], env }: TemporaryCommand,
): Promise<number> {
  const child = new Deno.Command(program!, { args, env }).spawn();
  running.add(child);
  return (await child.status).code;
}

async function main(args: readonly string[]): Promise<number> {
  // Servers read files under accounts of their own, and what its group may write to is not trusted.
  Deno.umask(0o022);
  forwardSignals();
  await using folder = await temporaryFolder();
  const inMemory = await folder.inMemory([Deno.execPath(), "run", "-A", Deno.mainModule, ...args]);
  if (inMemory !== null) return await runInMemory(inMemory);
  Deno.env.set("TMPDIR", folder.path);
  Deno.env.set("TEST_TEMPLATES", folder.path);
  Deno.env.set("TEST_CERTIFICATES", `${folder.path}/certificates`);
  const certificates = makeCertificates(`${folder.path}/certificates`);
  if (args.length === 0) return await runAll(certificates);
  return await withServers(certificates, (env) => runOne(args, env));
}

Deno.exit(await main(Deno.args));
