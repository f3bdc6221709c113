/** Pipes that nobody reads from or writes to, in the place of files. */
import assert from "node:assert/strict";
import { runHere } from "../tools/in_process.ts";

async function withPipe(act: (path: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir({ prefix: "mistral-db-test-" });
  try {
    const made = await new Deno.Command("mkfifo", { args: [`${directory}/pipe`] }).output();
    assert.ok(made.success);
    await act(`${directory}/pipe`);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

/** Lets go of whoever still waits for the pipe. */
async function release(path: string, options: Deno.OpenOptions): Promise<void> {
  (await Deno.open(path, options)).close();
}

Deno.test("a pipe as the log file must have a reader", () =>
  withPipe(async (path) => {
    const { exit, stderr } = await runHere(["--log-file", path, "heads"]);
    assert.equal(exit, 1);
    assert.match(stderr, /it is a pipe that nobody reads from; correct that/);
  }));

Deno.test("a pipe as the configuration is read, and not waited for without end", () =>
  withPipe(async (path) => {
    const reading = runHere(["--config-file", path, "heads"]);
    await Deno.writeTextFile(path, "[DEFAULT]\ndebug = true\n");
    assert.match((await reading).stderr, /debug is set in \S+pipe:2/);
    const { exit, stderr } = await runHere(["--config-file", path, "heads"]);
    assert.equal(exit, 1);
    assert.match(stderr, /Cannot read config file \S+pipe: nobody writes to this pipe/);
    await release(path, { write: true });
  }));
