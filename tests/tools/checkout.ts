/**
 * A copy of this project's source, for what writes into it.
 *
 * @module
 */
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What the program is made of. */
const PROGRAM = ["lib", "migrations", "cli.ts", "mod.ts", "deno.json", "deno.lock"];

/** What its tests need besides. */
const TESTS = ["tests", "packaging", "docs", "schemas", "README.md", "CONTRIBUTING.md"];

/** A copy; disposing removes it. */
export interface Checkout extends AsyncDisposable {
  readonly directory: string;
  /** The program in it. */
  readonly cli: string;
}

/** Copies the source to a directory of its own, its tests only where they are wanted. */
export async function checkout({ withTests = false } = {}): Promise<Checkout> {
  const directory = await Deno.makeTempDir({ prefix: "mistral-db-test-" });
  const parts = withTests ? [...PROGRAM, ...TESTS] : PROGRAM;
  const { success } = await new Deno.Command("cp", {
    args: ["-R", ...parts.map((part) => ROOT + part), directory],
  }).output();
  if (!success) throw new Error(`Cannot copy ${ROOT} to ${directory}`);
  return {
    directory,
    cli: `${directory}/cli.ts`,
    [Symbol.asyncDispose]: () => Deno.remove(directory, { recursive: true }),
  };
}
