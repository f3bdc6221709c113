/**
 * Writes a new migration's file: among the embedded ones, if the program runs from a checkout of
 * its source, or into a given directory.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { OperatorError } from "../errors.ts";
import { fileProblem } from "../files/problem.ts";
import { fileName } from "./new_revision.ts";
import { embeddedImports, type RevisionDraft, revisionSource, siteImports } from "./render.ts";

const REMEDY = "name a directory of your own with --versions-path DIR";

/** Where the embedded migrations are in a checkout. */
const EMBEDDED = new URL("../../migrations/", import.meta.url);

/** The list of the embedded migrations. */
const LIST = "mod.ts";

async function embeddedDirectory(): Promise<string> {
  const isFile = EMBEDDED.protocol === "file:" && !Deno.build.standalone;
  const list = isFile ? await Deno.stat(new URL(LIST, EMBEDDED)).catch(() => null) : null;
  if (!list?.isFile) {
    throw new OperatorError({
      failed: "Cannot write a revision",
      because:
        "this program does not run from a checkout of its source, and it writes nowhere else " +
        "by itself",
      remedy: REMEDY,
    });
  }
  return fileURLToPath(EMBEDDED);
}

async function writeText(path: string, text: string, options: Deno.WriteFileOptions = {}) {
  try {
    await Deno.writeTextFile(path, text, options);
  } catch (cause) {
    const remedy = cause instanceof Deno.errors.AlreadyExists
      ? "remove it, or give another message or --rev-id"
      : REMEDY;
    const problem = fileProblem(cause, "its directory does not exist");
    throw new OperatorError({ failed: `Cannot write ${path}`, because: problem, remedy, cause });
  }
}

/** The list with one more migration at its end. */
export function registered(list: string, { id }: { readonly id: string }, file: string): string {
  const name = `r${id.replaceAll(/[^\p{ID_Continue}]/gu, "_")}`;
  const line = `import ${name} from ${JSON.stringify(`./${file}`)};\n`;
  const imports = [...list.matchAll(/^import r\w+ from .*\n/gmu)];
  const last = imports.at(-1)!;
  const end = last.index + last[0].length;
  const withImport = list.slice(0, end) + line + list.slice(end);
  return withImport.replace(/\n\];\s*$/, `\n  ${name},\n];\n`);
}

/** Adds a file to the list of the embedded migrations; takes the file back where that fails. */
async function register(directory: string, draft: RevisionDraft, file: string): Promise<void> {
  const list = join(directory, LIST);
  try {
    await writeText(list, registered(await Deno.readTextFile(list), draft, file));
  } catch (error) {
    await Deno.remove(join(directory, file));
    throw error;
  }
}

/**
 * The path of a new revision's file.
 *
 * @param directories Those that were named; the first one is taken.
 * @throws {OperatorError} When none was named, and this is no checkout.
 */
export async function revisionPath(
  draft: Pick<RevisionDraft, "id" | "message">,
  directories: readonly string[],
): Promise<string> {
  return join(directories[0] ?? await embeddedDirectory(), fileName(draft));
}

/**
 * Writes a new revision's file, and adds it to the list where it is one of the embedded.
 *
 * @returns The file's path.
 * @throws {OperatorError} When the file is there already or cannot be written.
 */
export async function writeRevision(
  draft: RevisionDraft,
  directories: readonly string[],
): Promise<string> {
  const path = await revisionPath(draft, directories);
  const [named] = directories;
  const source = revisionSource(draft, named === undefined ? embeddedImports : siteImports);
  await writeText(path, source, { createNew: true });
  if (named === undefined) await register(await embeddedDirectory(), draft, fileName(draft));
  return path;
}
