/**
 * Packs the program and a Deno into one file: `deno task pack [--target MACHINE] [FILE]`. For the machine
 * that runs this it needs nothing that would be downloaded.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { createHash, type Hash } from "node:crypto";
import { bundle } from "./bundle.ts";
import { installer } from "./installer.ts";
import { type Runtime, runtimeFor, targetOf } from "./runtime.ts";
import { DIST, PROGRAM, VERSION } from "./project.ts";
import { CALL, filled, shellScript } from "./shell.ts";

/** Parts of the file begin at multiples of this many bytes, so that `dd` copies them fast. */
const BLOCK = 4096;

const MEGABYTE = 1_000_000;

const encoder = new TextEncoder();

const blocksOf = (bytes: number): number => Math.ceil(bytes / BLOCK);

/** Puts newlines before or behind a text until it fills blocks; neither sh nor JavaScript minds. */
const padding = (bytes: number): string => "\n".repeat(blocksOf(bytes) * BLOCK - bytes);

async function compressed(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const { success, stdout } = await new Deno.Command("gzip", { args: ["-6nc", path] }).output();
  if (!success) throw new Error(`Cannot build: gzip has failed on ${path}`);
  return stdout;
}

/** Splits the script where its first block ends. */
function parts(script: string): readonly [string, string] {
  const [head, rest] = script.split("@FILL@\n");
  return [head!, rest!];
}

const digestOf = (...pieces: readonly (Uint8Array | string)[]): string =>
  pieces.reduce<Hash>((hash, piece) => hash.update(piece), createHash("sha256")).digest("hex");

/** Digests of everything that is unpacked, as `sha256sum -c` reads them. */
const sumsOf = (files: ReadonlyMap<string, Uint8Array | string>): string =>
  Array.from(files, ([name, content]) => `${digestOf(content)}  ${name}\n`).join("");

/** What goes into the file, and what the script has to know of it. */
interface Content {
  readonly program: Uint8Array;
  readonly runtime: Uint8Array;
  /** Bytes that it takes up when it is unpacked. */
  readonly unpackedSize: number;
  /** The digests of what is unpacked. */
  readonly sums: string;
}

/** The whole file. */
function assemble(
  template: string,
  { program, runtime, unpackedSize, sums }: Content,
  target: string,
): readonly Uint8Array[] {
  const [head, rest] = parts(template);
  const programBlocks = blocksOf(program.length);
  const values = (scriptBlocks: number) => ({
    ...CALL,
    PROGRAM,
    VERSION,
    TARGET: target,
    CONTENTS: digestOf(sums),
    KEY: `${VERSION}-${digestOf(program, runtime).slice(0, 16)}`,
    ROOM: Math.ceil((unpackedSize + program.length) / MEGABYTE),
    START: scriptBlocks * BLOCK,
    PROGRAM_BLOCK: scriptBlocks,
    PROGRAM_BLOCKS: programBlocks,
    RUNTIME_BLOCK: scriptBlocks + programBlocks,
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

async function contentOf(modules: ReadonlyMap<string, string>, deno: string): Promise<Content> {
  const executable = await Deno.readFile(deno);
  const files = Array.from(modules, ([name, text]) => [`program/${name}`, text] as const);
  const sums = sumsOf(new Map<string, Uint8Array | string>([["deno", executable], ...files]));
  const text = installer(new Map([...files, ["SHA256SUMS", sums]]));
  const sizes = files.map(([, module]) => encoder.encode(module).length);
  return {
    program: encoder.encode(text + padding(encoder.encode(text).length)),
    runtime: await compressed(deno),
    unpackedSize: sizes.reduce((sum, length) => sum + length, executable.length),
    sums,
  };
}

/** Makes the file; gives its size in bytes. */
export async function pack(path: string, runtime: Runtime): Promise<number> {
  if (runtime.os !== "linux") {
    throw new Error(`Cannot pack for ${runtime.os}: packed files are for Linux; make an archive`);
  }
  return await packModules(path, await bundle(), runtime);
}

/** Makes a file of these modules; gives its size in bytes. */
export async function packModules(
  path: string,
  modules: ReadonlyMap<string, string>,
  { arch, deno }: Runtime,
): Promise<number> {
  const template = await shellScript("stub.sh");
  const content = await contentOf(modules, deno);
  const pieces = assemble(template, content, `linux-${arch}`);
  const unfinished = `${path}.new`;
  const bytes = Buffer.concat(pieces);
  await Deno.writeFile(unfinished, bytes);
  await Deno.chmod(unfinished, 0o755);
  await Deno.rename(unfinished, path);
  return bytes.length;
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
