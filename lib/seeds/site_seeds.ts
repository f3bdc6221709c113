/**
 * A site's own definitions.
 *
 * @module
 */
import type { Seed } from "./seed.ts";

/**
 * Reads the definitions in the YAML files of a directory. The reader of Mistral's language takes longer to
 * load than the rest of the program, so it is loaded here.
 *
 * @throws {OperatorError} When a file cannot be read, or a definition is wrong.
 */
export async function seedsFrom(directory: string): Promise<readonly Seed[]> {
  const { readSeedDirectory } = await import("./directory.ts");
  return await readSeedDirectory(directory);
}
