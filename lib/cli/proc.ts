/**
 * What this program needs of the system before anything else.
 *
 * @module
 */
import { OperatorError } from "../errors.ts";

/**
 * Makes sure that Deno can find its own executable: without `/proc`, as in a bare chroot, it panics as
 * soon as a package asks for `process.execPath` (Deno 2.9).
 *
 * @throws {OperatorError} When it cannot.
 */
export async function requireProc(): Promise<void> {
  if (Deno.build.os !== "linux") return;
  // With fewer rights than all nobody may look at /proc; there the launchers have looked.
  const isMissing = await Deno.lstat("/proc/self/exe")
    .then(() => false, (error) => error instanceof Deno.errors.NotFound);
  if (!isMissing) return;
  throw new OperatorError({
    failed: "Cannot run without /proc, in which Deno finds itself",
    remedy: 'run "mount -t proc proc /proc" first',
  });
}
