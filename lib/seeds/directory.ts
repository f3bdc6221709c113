/**
 * Reads a site's own definitions, a directory of YAML files.
 *
 * @module
 */
import { OperatorError } from "../errors.ts";
import { fileProblem } from "../files/problem.ts";
import type { Definition } from "../definitions/definition.ts";
import { readDefinitions } from "../definitions/definition_file.ts";
import type { Problem } from "../definitions/dsl/problem.ts";
import { type Seed, seedOf } from "./seed.ts";
import { STANDARD_ACTIONS } from "./standard/actions.ts";

/** The largest size of a file, in bytes. */
export const MAX_FILE_BYTES = 1024 * 1024;

/** Problems shown in one message; the rest is counted. */
const MAX_PROBLEMS = 50;

const DEFINITION_FILE = /\.ya?ml$/i;

/** What is wrong with a file. */
interface FileProblem extends Problem {
  readonly file: string;
}

/** A definition and where it stands. */
interface LocatedDefinition extends Definition {
  readonly file: string;
  readonly line: number;
}

/** The contents of a file. */
interface FileContents {
  readonly found: readonly LocatedDefinition[];
  readonly problems: readonly FileProblem[];
}

const cannotRead = (path: string, why: string, cause?: unknown): OperatorError =>
  new OperatorError({ failed: `Cannot read ${path}`, because: why, cause });

/** Paths of the files below a directory, relative to it and in order; hidden ones are skipped. */
async function filesIn(directory: string, folder = ""): Promise<readonly string[]> {
  const paths: string[] = [];
  const entries: Deno.DirEntry[] = [];
  try {
    for await (const entry of Deno.readDir(`${directory}/${folder}`)) entries.push(entry);
  } catch (error) {
    throw cannotRead(`${directory}/${folder}`.replace(/\/$/, ""), fileProblem(error), error);
  }
  for (const { name, isDirectory } of entries.filter(({ name }) => !name.startsWith("."))) {
    const path = folder + name;
    if (isDirectory) paths.push(...await filesIn(directory, `${path}/`));
    // Links to directories are skipped; mounted configuration maps are links to files.
    else if (DEFINITION_FILE.test(name)) paths.push(path);
  }
  return paths.toSorted();
}

/** Reads a whole file, if it is not too large. */
async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const { isFile, size } = await Deno.stat(path);
    if (!isFile) throw cannotRead(path, "it is not a regular file");
    if (size > MAX_FILE_BYTES) {
      throw cannotRead(path, `it has ${size} bytes; a file may have ${MAX_FILE_BYTES}`);
    }
    return await Deno.readFile(path);
  } catch (error) {
    throw error instanceof OperatorError ? error : cannotRead(path, fileProblem(error), error);
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The first line that is not UTF-8, from 1; 0 where all are. */
function brokenLine(bytes: Uint8Array): number {
  if (isUtf8(bytes)) return 0;
  let start = 0;
  let line = 1;
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
    if (!isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
    line++;
  }
  return line;
}

async function readFile(directory: string, file: string): Promise<FileContents> {
  const bytes = await readBytes(`${directory}/${file}`);
  const line = brokenLine(bytes);
  if (line > 0) {
    return { found: [], problems: [{ file, line, path: [], message: "is not UTF-8" }] };
  }
  const { definitions, problems } = readDefinitions(new TextDecoder().decode(bytes));
  return {
    found: definitions.map((definition) => ({ ...definition, file })),
    problems: problems.map((problem) => ({ ...problem, file })),
  };
}

/** Names that occur twice, or that the engine reserves. */
function clashes(found: readonly LocatedDefinition[]): readonly FileProblem[] {
  const seen = new Map<string, LocatedDefinition>();
  return found.flatMap((definition) => {
    const { kind, name, file, line } = definition;
    const key = `${kind} ${name}`;
    const first = seen.get(key);
    seen.set(key, first ?? definition);
    const message = first
      ? `is in ${first.file}:${first.line} already`
      : kind === "action" && STANDARD_ACTIONS.some((action) => action.name === name)
      ? "is the name of one of the engine's own actions; use another"
      : null;
    return message === null ? [] : [{ file, line, path: [name], message }];
  });
}

function sentence({ file, line, path, message }: FileProblem): string {
  return `  ${file}:${line}: ${path.length > 0 ? `"${path.join(".")}"` : "the text"} ${message}`;
}

function refused(directory: string, problems: readonly FileProblem[]): OperatorError {
  const shown = problems.slice(0, MAX_PROBLEMS).map(sentence);
  const more = problems.length - shown.length;
  return new OperatorError({
    failed: `Cannot populate from ${directory}`,
    because: [
      "its files have errors; nothing was written",
      ...shown,
      ...(more > 0 ? [`  and ${more} more`] : []),
    ].join("\n"),
  });
}

/**
 * Reads and checks the definitions of a directory: all files below it whose names end in `.yaml` or
 * `.yml`, hidden ones aside.
 *
 * @throws {OperatorError} When something cannot be read or is wrong: names file, line and key.
 */
export async function readSeedDirectory(directory: string): Promise<readonly Seed[]> {
  const files = await filesIn(directory);
  if (files.length === 0) {
    throw cannotRead(directory, "it has no file whose name ends in .yaml or .yml");
  }
  const contents: FileContents[] = [];
  for (const file of files) contents.push(await readFile(directory, file));
  const found = contents.flatMap((file) => file.found);
  const problems = [...contents.flatMap((file) => file.problems), ...clashes(found)];
  if (problems.length > 0) throw refused(directory, problems);
  return found.map((definition) => seedOf(definition));
}
