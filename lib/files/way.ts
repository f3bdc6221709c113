/**
 * The way to a file: each directory and each symbolic link between the root directory and it.
 *
 * @module
 */

/** One thing on the way to a file; the last one is the file. */
export interface Place {
  /** Its own path, in which nothing but the last name can be a link. */
  readonly path: string;
  /** What it is; null where there is nothing of that name, or it may not be seen. */
  readonly info: Deno.FileInfo | null;
}

/** As many links as Linux follows. */
const MOST_LINKS = 40;

// Names are cut and joined by hand: every start needs this, and `node:path` takes long to load.

const namesIn = (path: string): readonly string[] =>
  path.split("/").filter((name) => name !== "" && name !== ".");

const joined = (directory: string, name: string): string =>
  directory === "/" ? `/${name}` : `${directory}/${name}`;

/** The directory that something is in; that of the root directory is itself. */
export const directoryOf = (path: string): string => path.slice(0, path.lastIndexOf("/")) || "/";

/** What a link says; nothing where there is no link any more. */
function targetOf(link: string): string | null {
  try {
    return Deno.readLinkSync(link);
  } catch {
    return null;
  }
}

/** Windows knows neither owners nor modes, so that the end of the way will do. */
function onWindows(path: string): readonly Place[] {
  try {
    return [placeAt(Deno.realPathSync(path))];
  } catch {
    return [placeAt(path)];
  }
}

function placeAt(path: string): Place {
  try {
    return { path, info: Deno.lstatSync(path) };
  } catch {
    return { path, info: null };
  }
}

/**
 * The way to a path. A link is on it, and so is each directory that leads to what the link names. It
 * ends early where links run in a circle, and where something is not there: with all that was to follow.
 */
export function wayTo(path: string): readonly Place[] {
  if (Deno.build.os === "windows") return onWindows(path);
  const way = [placeAt("/")];
  const names = [...namesIn(path.startsWith("/") ? path : `${Deno.cwd()}/${path}`)];
  let [at, links] = ["/", 0];
  for (let name = names.shift(); name !== undefined; name = names.shift()) {
    if (name === "..") {
      at = directoryOf(at);
      continue;
    }
    const place = placeAt(joined(at, name));
    if (place.info === null) return [...way, { ...place, path: [place.path, ...names].join("/") }];
    way.push(place);
    if (!place.info.isSymlink) at = place.path;
    else if (++links > MOST_LINKS) break;
    else {
      const target = targetOf(place.path);
      if (target === null) return [...way, { ...place, info: null }];
      names.unshift(...namesIn(target));
      if (target.startsWith("/")) at = "/";
    }
  }
  return way;
}

/** How often a way is looked at before it is believed to stand still; that takes a millisecond. */
const LOOKS = 200;

/** What tells one file from another. */
export type Identity = Pick<Deno.FileInfo, "dev" | "ino">;

const isSame = (one: Identity | null, other: Identity | null): boolean =>
  one !== null && other !== null && one.ino === other.ino && one.dev === other.dev;

/**
 * Whether a way leads to what is open, and to nothing that has another name too. What is open does not
 * tell where it stands; but who exchanges a part of the way meanwhile, and wants to be taken for
 * honest, must guess each time which part is looked at.
 */
export function leadsTo(way: readonly Place[], open: Identity): boolean {
  const last = way.at(-1)!;
  if (!isSame(last.info, open)) return false;
  return Array.from({ length: LOOKS }).every(() => {
    const place = way[Math.floor(Math.random() * way.length)]!;
    const { info } = placeAt(place.path);
    return isSame(info, place.info) && (place !== last || info?.nlink === 1);
  });
}
