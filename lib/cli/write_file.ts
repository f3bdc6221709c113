/**
 * Writing files that others read.
 *
 * @module
 */
import { OperatorError } from "../errors.ts";
import { fileProblem } from "../file_problem.ts";

/**
 * Writes a file atomically: readers never see half of it.
 *
 * @throws {OperatorError} When it cannot be written.
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.${crypto.randomUUID().slice(0, 8)}.tmp`;
  try {
    await Deno.writeTextFile(temporary, text, { createNew: true });
    await Deno.rename(temporary, path);
  } catch (cause) {
    await Deno.remove(temporary).catch(() => {});
    const problem = fileProblem(cause, "its directory does not exist");
    throw new OperatorError(`Cannot write ${path}: ${problem}`, { cause });
  }
}
