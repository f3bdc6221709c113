/**
 * Files that the program writes as a whole: scripts, reports, pictures.
 *
 * Where nobody but root and the user may change the path, a new file takes the place of the old one with
 * its owner and its mode. Where somebody else may, nothing is believed that this one could have put
 * there: no link is followed, no owner is taken over, and what is done to a file is done to the one that
 * is open, never to its name.
 *
 * @module
 */
import { OperatorError } from "../errors.ts";
import { fileProblem } from "./problem.ts";
import { Ambiguous, inPlace } from "./in_place.ts";
import { replacing } from "./replacing.ts";
import { specialFile, streamOf } from "./special.ts";
import { ownWay, trustOf } from "./trust.ts";
import { directoryOf } from "./way.ts";

/** A file that can be written; disposing gives up what was not written, and leaves nothing behind. */
export interface OutputFile extends Disposable {
  /** Writes all of it; readers of a regular file see it whole or not at all. */
  write(text: string): Promise<void>;
}

/** Opens what writes to a path. */
async function opened(path: string): Promise<OutputFile> {
  const stream = streamOf(path);
  if (stream) return stream;
  const trust = ownWay(path);
  const special = await specialFile(path);
  if (special) return special;
  // Whoever may exchange the directory itself can lead a new name to anywhere; only root has much to lose.
  const isMovable = trust.exchanged !== null && Deno.uid() === 0 &&
    trustOf(directoryOf(trust.path)).exchanged !== null;
  return isMovable ? inPlace(trust) : replacing(trust);
}

/** Words for a failure to write a file, from the system or from this folder. */
const cannotWrite = (path: string, cause: unknown): OperatorError =>
  new OperatorError({
    failed: `Cannot write ${path}`,
    because: fileProblem(cause, "its directory does not exist"),
    remedy: cause instanceof Ambiguous
      ? "remove it, or name a file in a directory of your own"
      : null,
    cause,
  });

/**
 * Opens a file for writing: what can be known to fail fails here, before the work is done that the file
 * is to tell of.
 *
 * @throws {OperatorError} When it cannot be written.
 */
export async function openOutput(path: string): Promise<OutputFile> {
  const file = await opened(path).catch((cause) => {
    throw cannotWrite(path, cause);
  });
  return {
    write: (text) =>
      file.write(text).catch((cause) => {
        throw cannotWrite(path, cause);
      }),
    [Symbol.dispose]: () => file[Symbol.dispose](),
  };
}

/**
 * Writes a whole file.
 *
 * @throws {OperatorError} When it cannot be written.
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  using file = await openOutput(path);
  await file.write(text);
}
