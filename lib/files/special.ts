/**
 * What has a name and is no regular file: the streams of this process, pipes and devices.
 *
 * @module
 */
import { delay } from "../timing/delay.ts";
import type { OutputFile } from "./output_file.ts";

/** Seconds in which somebody must open the other end of a pipe. */
export const PIPE_SECONDS = 5;

const STREAMS: Readonly<Record<string, typeof Deno.stdout>> = {
  "/dev/stdout": Deno.stdout,
  "/dev/fd/1": Deno.stdout,
  "/proc/self/fd/1": Deno.stdout,
  "/dev/stderr": Deno.stderr,
  "/dev/fd/2": Deno.stderr,
  "/proc/self/fd/2": Deno.stderr,
};

/** Something that takes bytes, and tells how many it took. */
interface Sink {
  writeSync(bytes: Uint8Array): number;
}

/** Writes all of a text. */
export function writeAll(sink: Sink, text: string): void {
  let bytes = new TextEncoder().encode(text);
  while (bytes.length > 0) bytes = bytes.subarray(sink.writeSync(bytes));
}

/** The stream of this process that a path means; Deno opens these paths for nobody. */
export const processStream = (path: string): Sink | null =>
  Object.hasOwn(STREAMS, path) ? STREAMS[path]! : null;

/** The same, to write to. */
export function streamOf(path: string): OutputFile | null {
  const stream = processStream(path);
  return stream && {
    // deno-lint-ignore require-await -- errors must become rejections
    write: async (text) => writeAll(stream, text),
    [Symbol.dispose]() {},
  };
}

/**
 * Opens a pipe, or what else is no regular file. Until the other end of a pipe is open that does not
 * return, so it is given up after some seconds.
 *
 * @param problem Why it was given up.
 */
export async function openInTime(
  path: string,
  options: Deno.OpenOptions,
  problem: string,
): Promise<Deno.FsFile> {
  const opening = Deno.open(path, options);
  const done = new AbortController();
  const late = delay(PIPE_SECONDS * 1000, done.signal);
  const opened = await Promise.race([opening, late]).finally(() => done.abort());
  if (opened) return opened;
  opening.then((file) => file.close(), () => {});
  throw new Error(problem);
}

async function writeTo(path: string, text: string): Promise<void> {
  using file = await openInTime(path, { write: true }, "nobody reads from this pipe");
  // What has meanwhile taken its place is another file, which would be overwritten.
  if ((await file.stat()).isFile) throw new Error("another file has taken its place");
  let bytes = new TextEncoder().encode(text);
  while (bytes.length > 0) bytes = bytes.subarray(await file.write(bytes));
}

/** A pipe or a device, to be written to; null where there is none of that name. */
export async function specialFile(path: string): Promise<OutputFile | null> {
  const info = await Deno.stat(path).catch((error) => {
    if (error instanceof Deno.errors.NotCapable) throw error;
    return null;
  });
  if (info === null || info.isFile) return null;
  if (info.isDirectory) throw new Error("it is a directory");
  if (!info.isFifo && !info.isCharDevice) throw new Error("it is no regular file");
  return { write: (text) => writeTo(path, text), [Symbol.dispose]() {} };
}
