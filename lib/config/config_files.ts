/**
 * Finds and reads the configuration files.
 *
 * @module
 */
import { OperatorError } from "../errors.ts";
import { fileProblem } from "../files/problem.ts";
import { openInTime } from "../files/special.ts";
import { absolutePath } from "./absolute_path.ts";
import { type Assignment, parseIni } from "./ini.ts";

/** A file or a directory named on the command line (`--config-file`, `--config-dir`). */
export interface ConfigSource {
  /** Which of the two. */
  readonly kind: "file" | "directory";
  /** As given; a leading `~` is the home directory. */
  readonly path: string;
}

/** Variables of the environment, by name: `Deno.env`, or a Map of them. */
export interface Environment {
  /** The value of a variable, or nothing. */
  get(name: string): string | undefined;
  /** All of them, where they can be listed. */
  toObject?(): Readonly<Record<string, string>>;
}

/** Where to find configuration files. */
export interface ConfigLocations {
  /** The files and directories of the command line, in its order. */
  readonly sources: readonly ConfigSource[];
  /** Names the directories of snaps. */
  readonly environment: Environment;
  /** Home directory of the user; null when there is none. */
  readonly home: string | null;
  /** Directory of the system's configuration files; `/etc` but for tests. */
  readonly systemDirectory: string;
}

/** The names that default files have before their `.conf`; the second is read after the first. */
const NAMES = ["mistral", "mistral-db-manage"];

/** The directory of the project in a directory of configuration files. */
const PROJECT = "mistral";

/**
 * Reads the configuration files; later ones take precedence.
 *
 * Any `--config-file` replaces the default files, and any `--config-dir` the default directories,
 * but neither does the other; defaults come before what the command line names.
 *
 * @throws {OperatorError} When a file or directory that is named or found cannot be read, or when a
 * line cannot be read.
 */
export async function readConfigFiles(
  locations: ConfigLocations,
): Promise<readonly (readonly Assignment[])[]> {
  const paths: string[] = [];
  for (const source of allSources(locations)) {
    const path = absolute(source.path, locations.home);
    paths.push(...(source.kind === "file" ? [path] : await filesIn(path)));
  }
  return await Promise.all(paths.map(readConfigFile));
}

/** The default files and directories that apply, then those of the command line. */
function allSources(locations: ConfigLocations): readonly ConfigSource[] {
  const defaults = defaultNames(locations).flatMap(({ kind, name }) => {
    const path = placesOf(locations, name).find(exists);
    return path === undefined ? [] : [{ kind, path }];
  });
  return [...defaults, ...locations.sources];
}

/** The names of the default files and directories that the command line does not replace. */
function defaultNames({ sources }: ConfigLocations) {
  const kinds = [["file", ".conf"], ["directory", ".conf.d"]] as const;
  return kinds.filter(([kind]) => !sources.some((source) => source.kind === kind))
    .flatMap(([kind, extension]) => NAMES.map((name) => ({ kind, name: name + extension })));
}

/**
 * The default files and directories of which it cannot be told whether they are there, or what they say:
 * those in a directory that may not be searched, and links that lead nowhere. As with oslo.config they are
 * skipped, so that a connection that is set elsewhere will do.
 */
export function hiddenPaths(locations: ConfigLocations): readonly string[] {
  return defaultNames(locations).flatMap(({ name }) => placesOf(locations, name)).filter(isHidden);
}

function isHidden(path: string): boolean {
  try {
    return Deno.lstatSync(path).isSymlink && !exists(path);
  } catch (error) {
    return error instanceof Deno.errors.PermissionDenied;
  }
}

/** The directories in which defaults are looked for, in this order; the last two are of snaps. */
function searchPath({ environment, home, systemDirectory }: ConfigLocations): readonly string[] {
  const common = environment.get("SNAP_COMMON");
  const snap = environment.get("SNAP");
  return [
    ...(home === null ? [] : [`${home}/.${PROJECT}`, home]),
    `${systemDirectory}/${PROJECT}`,
    systemDirectory,
    ...(common ? [`${common}/etc/${PROJECT}`] : []),
    ...(snap ? [`${snap}/etc/${PROJECT}`] : []),
  ];
}

function exists(path: string): boolean {
  try {
    // A dozen such questions at each start: the answers cost less than waiting for them.
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}

/** Where a default file or directory of that name can be; the first one counts. */
function placesOf(locations: ConfigLocations, name: string): readonly string[] {
  return searchPath(locations).map((directory) => `${directory}/${name}`);
}

/** What the command line names, and the home directory that it may be named by. */
export type NamedSources = Pick<ConfigLocations, "sources" | "home">;

/** Whether the command line names a file, or the directory that it is in. */
export function isNamed(file: string, { sources, home }: NamedSources): boolean {
  return sources.some(({ kind, path }) =>
    absolute(path, home) === (kind === "file" ? file : file.slice(0, file.lastIndexOf("/")))
  );
}

/** The absolute path, with a leading `~` replaced. */
function absolute(path: string, home: string | null): string {
  return absolutePath(home === null ? path : path.replace(/^~(?=\/|$)/, () => home));
}

/** The files of a directory that end in `.conf`, sorted; hidden ones are skipped. */
async function filesIn(directory: string): Promise<readonly string[]> {
  try {
    const names = (await Array.fromAsync(Deno.readDir(directory))).map((entry) => entry.name);
    return names.filter((name) => /^[^.].*\.conf$/s.test(name)).sort()
      .map((name) => `${directory}/${name}`);
  } catch (error) {
    throw unreadable(`config directory ${directory}`, error);
  }
}

/** Bytes that a file may have: many times those of one that names every option and explains it. */
const LONGEST_FILE = 4 * 2 ** 20;

/** The bytes of a file, which may be a pipe; a device can have no end. */
async function bytesOf(path: string): Promise<Uint8Array> {
  using file = await openInTime(path, { read: true }, "nobody writes to this pipe");
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of file.readable) {
    parts.push(part);
    length += part.length;
    if (length > LONGEST_FILE) throw new Error(`it has more than ${LONGEST_FILE / 2 ** 20} MiB`);
  }
  return await new Blob(parts as BlobPart[]).bytes();
}

/** Reads one file. */
async function readConfigFile(path: string): Promise<readonly Assignment[]> {
  const bytes = await bytesOf(path).catch((error) => {
    throw unreadable(`config file ${path}`, error);
  });
  return parseIni(decode(bytes, path), path);
}

const REMEDIES = [
  [Deno.errors.PermissionDenied, "run as a user who may read it"],
  [Deno.errors.IsADirectory, "name it with --config-dir"],
  [Deno.errors.NotADirectory, "name a file with --config-file"],
] as const;

/** The error for a file that cannot be read. */
function unreadable(what: string, cause: unknown): OperatorError {
  const remedy = REMEDIES.find(([kind]) => cause instanceof kind)?.[1] ?? null;
  const failed = `Cannot read ${what}`;
  return new OperatorError({ failed, because: fileProblem(cause), remedy, cause });
}

/** Decodes UTF-8; an error names the line. */
function decode(bytes: Uint8Array, path: string): string {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    const valid = new TextDecoder().decode(bytes).split("\uFFFD", 1)[0]!;
    const line = valid.split(/\r\n|\r|\n/).length;
    throw new OperatorError({
      failed: `Cannot read ${path}:${line}`,
      because: "the line is not UTF-8",
      cause,
    });
  }
}
