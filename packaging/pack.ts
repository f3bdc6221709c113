/**
 * Packs the program and a Deno into one file: `deno task pack [--target MACHINE] [FILE]`. For the machine
 * that runs this it needs nothing that would be downloaded.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { bundle, MAIN } from "./bundle.ts";
import { installer } from "./installer.ts";
import { type Runtime, runtimeFor, targetOf } from "./runtime.ts";
import { DENO_OPTIONS, DIST, PERMISSIONS, PROGRAM, VERSION } from "./project.ts";

/** Parts of the file begin at multiples of this many bytes, so that `dd` copies them fast. */
const BLOCK = 4096;

const MEGABYTE = 1_000_000;

const encoder = new TextEncoder();

const blocksOf = (bytes: number): number => Math.ceil(bytes / BLOCK);

/** Puts newlines before or behind a text until it fills blocks; neither sh nor JavaScript minds. */
const padding = (bytes: number): string => "\n".repeat(blocksOf(bytes) * BLOCK - bytes);

async function compressed(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const { success, stdout } = await new Deno.Command("gzip", { args: ["-9nc", path] }).output();
  if (!success) throw new Error(`Cannot build: gzip has failed on ${path}`);
  return stdout;
}

function filled(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/@([A-Z_]+)@/g, (whole, name) => String(values[name] ?? whole));
}

/** Splits the script where its first block ends. */
function parts(script: string): readonly [string, string] {
  const [head, rest] = script.split("@FILL@\n");
  return [head!, rest!];
}

/** The whole file. */
function assemble(
  template: string,
  program: Uint8Array,
  runtime: Uint8Array,
  unpackedSize: number,
  target: string,
): readonly Uint8Array[] {
  const [head, rest] = parts(template);
  const digestOf = (...pieces: readonly Uint8Array[]) =>
    pieces.reduce((hash, piece) => hash.update(piece), createHash("sha256")).digest("hex");
  const programBlocks = blocksOf(program.length);
  const values = (scriptBlocks: number) => ({
    PROGRAM,
    VERSION,
    TARGET: target,
    MAIN,
    KEY: `${VERSION}-${digestOf(program, runtime).slice(0, 16)}`,
    ROOM: Math.ceil((unpackedSize + program.length) / MEGABYTE),
    UNPACKED: unpackedSize,
    START: scriptBlocks * BLOCK,
    PROGRAM_BLOCK: scriptBlocks,
    PROGRAM_BLOCKS: programBlocks,
    RUNTIME_BLOCK: scriptBlocks + programBlocks,
    DENO_OPTIONS: DENO_OPTIONS.join(" "),
    PERMISSIONS: PERMISSIONS.join(" "),
  });
  const scriptBlocks = 1 + blocksOf(encoder.encode(filled(rest, values(0))).length);
  const known = values(scriptBlocks);
  const body = filled(rest, known);
  const script = encoder.encode(body + padding(encoder.encode(body).length));
  const LENGTH = script.length + program.length + runtime.length;
  const DIGEST = digestOf(script, program, runtime);
  const first = filled(head, { ...known, LENGTH, DIGEST });
  const start = encoder.encode(first + padding(encoder.encode(first).length));
  if (start.length !== BLOCK) throw new Error("Cannot build: the script's head fills a block");
  return [start, script, program, runtime];
}

/** Makes the file; gives its size in bytes. */
export async function pack(path: string, { os, arch, deno }: Runtime): Promise<number> {
  if (os !== "linux") {
    throw new Error(`Cannot pack for ${os}: packed files are for Linux; make an archive`);
  }
  const template = await Deno.readTextFile(new URL("stub.sh", import.meta.url));
  const modules = await bundle();
  const text = installer(modules);
  const program = encoder.encode(text + padding(encoder.encode(text).length));
  const runtime = await compressed(deno);
  const { size } = await Deno.stat(deno);
  const sizes = Array.from(modules.values(), (module) => encoder.encode(module).length);
  const unpackedSize = sizes.reduce((sum, length) => sum + length, size);
  const pieces = assemble(template, program, runtime, unpackedSize, `linux-${arch}`);
  const unfinished = `${path}.new`;
  using file = await Deno.open(unfinished, { create: true, write: true, truncate: true });
  for (const piece of pieces) {
    await new Blob([piece as BlobPart]).stream().pipeTo(file.writable, { preventClose: true });
  }
  await Deno.chmod(unfinished, 0o755);
  await Deno.rename(unfinished, path);
  return pieces.reduce((sum, { length }) => sum + length, 0);
}

async function main(): Promise<void> {
  const { target, rest: [given] } = targetOf(Deno.args);
  const runtime = await runtimeFor(target);
  const path = given ?? `${DIST}/${PROGRAM}${target === undefined ? "" : `-${target}`}`;
  await Deno.mkdir(DIST, { recursive: true });
  const size = await pack(path, runtime);
  console.log(`${path}: ${(size / MEGABYTE).toFixed(1)} MB for linux-${runtime.arch}`);
}

if (import.meta.main) {
  await main().catch((error: Error) => {
    console.error(error.message);
    Deno.exit(1);
  });
}
