/**
 * What keeps a file or a directory from being read or written.
 *
 * @module
 */

/** Words for what the operating system says; Deno and Node have its names in common. */
const PROBLEMS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EEXIST: "it is there already",
  EISDIR: "it is a directory",
  ENOTDIR: "it is not a directory",
  ELOOP: "it is a symbolic link, or leads through too many of them",
  ENXIO: "it is a pipe that nobody reads from",
};

/** Why this program was not allowed to look at a file; Deno opens few files of the kernel. */
function denied({ message }: Error): string {
  return message.startsWith("Requires all access")
    ? "it is a device, or a file of the kernel, which this program does not open"
    : "this program was started without the permission for it";
}

/**
 * The problem in words that follow `Cannot read FILE: `.
 *
 * @param missing What it means that something is not there; of a file to be written that is its
 *   directory.
 */
export function fileProblem(error: unknown, missing = "it does not exist"): string {
  const { message, code = "" } = error as Error & { readonly code?: string };
  if (error instanceof Deno.errors.NotFound || code === "ENOENT") return missing;
  if (error instanceof Deno.errors.NotCapable) return denied(error);
  // The name of the call and of the file, and the number, are no news to the reader.
  return PROBLEMS[code] ??
    message.replace(/ \(os error \d+\).*$/s, "").replace(/^[A-Z]+: (.*), \w+(?: '.*')?$/s, "$1");
}
