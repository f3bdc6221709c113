import assert from "node:assert/strict";

const SUPERVISE = new URL("./supervise.sh", import.meta.url).pathname;

/** A program that starts a server, which writes down its process, and then waits for ever. */
function programOf(directory: string, file: string): string {
  const server = `echo $$ >${file}; exec sleep 600`;
  const args = JSON.stringify([SUPERVISE, directory, "TERM", "sh", "-c", server]);
  return `
    new Deno.Command("sh", { args: ${args}, stdin: "piped" }).spawn();
    await new Promise(() => setTimeout(() => {}, 60_000));
  `;
}

async function isRunning(file: string): Promise<boolean> {
  const command = ["-c", `read -r process <${file} && kill -0 "$process"`];
  return (await new Deno.Command("sh", { args: command, stderr: "null" }).output()).success;
}

async function untilIs(expected: boolean, state: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; await state() !== expected; tries++) {
    assert.ok(tries < 200, "nothing happened for 10 s");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

for (const signal of ["SIGKILL", "SIGTERM", "SIGINT"] as const) {
  Deno.test(`a server ends with whoever started it, killed by ${signal}`, async () => {
    const directory = await Deno.makeTempDir();
    const file = await Deno.makeTempFile();
    const parent = new Deno.Command(Deno.execPath(), {
      args: ["eval", programOf(directory, file)],
    }).spawn();
    await untilIs(true, () => isRunning(file));
    parent.kill(signal);
    await parent.status;
    await untilIs(false, () => isRunning(file));
    await untilIs(false, () => Deno.stat(directory).then(() => true, () => false));
    await Deno.remove(file);
  });
}
