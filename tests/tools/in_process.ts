/**
 * Command lines in the process of the tests, where they need no terminal and no signals.
 *
 * @module
 */
import { run } from "../../lib/cli/mod.ts";
import { COMMANDS } from "../../lib/commands/table.ts";
import type { Outcome } from "./program.ts";

/** Runs a command line with an empty environment and without default configuration files. */
export async function runHere(words: readonly string[]): Promise<Outcome> {
  const texts = { stdout: "", stderr: "" };
  const output = (stream: keyof typeof texts) => ({
    columns: null,
    write: (text: string) => void (texts[stream] += text),
  });
  const exit = await run(
    words,
    {
      stdout: output("stdout"),
      stderr: output("stderr"),
      environment: new Map<string, string>(),
      home: null,
    },
    COMMANDS,
  );
  return { exit, ...texts };
}
