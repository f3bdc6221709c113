/**
 * Whether source text is as this project's own.
 *
 * @module
 */
import assert from "node:assert/strict";

/** Fails unless the files are formatted and free of lint as they are. */
export async function assertTidy(sources: readonly string[]): Promise<void> {
  const directory = await Deno.makeTempDir({ prefix: "mistral-db-test-" });
  try {
    for (const [index, source] of sources.entries()) {
      await Deno.writeTextFile(`${directory}/${index}.ts`, source);
    }
    for (const args of [["fmt", "--check", "--line-width", "100"], ["lint"]]) {
      const { success, stderr } = await new Deno.Command(Deno.execPath(), {
        args: [...args, "--no-config", directory],
        env: { NO_COLOR: "1" },
      }).output();
      assert.ok(success, new TextDecoder().decode(stderr));
    }
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}
