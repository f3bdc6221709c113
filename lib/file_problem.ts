/**
 * What keeps a file or a directory from being read or written.
 *
 * @module
 */

const PROBLEMS = [
  [Deno.errors.PermissionDenied, "permission denied"],
  [Deno.errors.NotCapable, "this program was started without the permission for it"],
  [Deno.errors.AlreadyExists, "it is there already"],
  [Deno.errors.IsADirectory, "it is a directory"],
  [Deno.errors.NotADirectory, "it is not a directory"],
] as const;

/**
 * The problem in words that follow `Cannot read FILE: `.
 *
 * @param missing What it means that something is not there; of a file to be written that is its
 *   directory.
 */
export function fileProblem(error: unknown, missing = "it does not exist"): string {
  if (error instanceof Deno.errors.NotFound) return missing;
  const known = PROBLEMS.find(([kind]) => error instanceof kind);
  if (known) return known[1];
  // The name of the call and of the file, and the number, are no news to the reader.
  const { message } = error as Error;
  return message.replace(/ \(os error \d+\).*$/s, "");
}
