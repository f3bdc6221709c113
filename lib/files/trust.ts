/**
 * Who may change a file: the one answer of this program to whether a path can be trusted. The launchers
 * of the packages follow the same rule.
 *
 * A path is trusted if nobody but root and the user who runs this may change what it leads to. It is
 * looked at as a whole, from `/` on: each directory, each symbolic link, where each link leads, and the
 * thing itself. On that way
 *
 * - everything belongs to root or to that user,
 * - no directory and no file may be written to by its group or by all. Groups are not looked into, as
 *   with the StrictModes of ssh: who is in one can change at any time;
 * - but a directory with the sticky bit, such as `/tmp`, may lead to something that is there, since
 *   nobody but its owner can take that away. It is not trusted to hold nothing else: as the path itself
 *   it counts as what it is, writable by all.
 *
 * An ACL that lets somebody else write shows in the mode as the right of the group. What can only be
 * lost (a file system that a user has mounted, a container's other side) is not seen.
 *
 * @module
 */
import { type Place, wayTo } from "./way.ts";

/** What to do about a file that is not trusted. */
export const HOW_TO_TRUST = "make root or the user who runs this the owner of it and of all " +
  "directories above it, and let neither group nor others write to them";

const STICKY = 0o1000;
const WRITABLE_BY_GROUP = 0o020;
const WRITABLE_BY_ALL = 0o002;

/** What is known of the way to a path. */
export interface Trust {
  /** The path at the end of all links. */
  readonly path: string;
  /** All that leads there. */
  readonly way: readonly Place[];
  /** What is there; null where nothing is. */
  readonly info: Deno.FileInfo | null;
  /** Who else may put another thing in its place, or lead the way elsewhere; null where nobody may. */
  readonly exchanged: string | null;
  /** Who else may change the thing where it is, such as what is in a directory; null where nobody may. */
  readonly changed: string | null;
  /** A symbolic link on the way that another user has made, and may lead anywhere; null without one. */
  readonly link: string | null;
}

/** Whether something belongs to another user than root and the one who runs this. */
function isOthers({ info }: Place): boolean {
  const uid = info?.uid ?? 0;
  return uid !== 0 && uid !== Deno.uid();
}

const owner = ({ info }: Place, what: string): string =>
  `user ${info?.uid}, to whom ${what} belongs`;

/** Who may write to something that is no link. */
function writer(place: Place, what: string): string | null {
  const mode = place.info?.mode ?? 0;
  if (isOthers(place)) return owner(place, what);
  if (mode & WRITABLE_BY_ALL) {
    return what === "it" ? "everybody" : `everybody, as all may write to ${what}`;
  }
  return mode & WRITABLE_BY_GROUP ? `group ${place.info?.gid}, which may write to ${what}` : null;
}

/** Who may exchange a thing of which the directory `place` holds the name. */
function exchanger(place: Place, isHeld: boolean): string | null {
  if (place.info?.isSymlink) return isOthers(place) ? owner(place, place.path) : null;
  const keeps = isHeld && ((place.info?.mode ?? 0) & STICKY) !== 0;
  return keeps && !isOthers(place) ? null : writer(place, place.path);
}

/** What is known of the way to a path; on Windows nothing is, and everything is trusted. */
export function trustOf(path: string): Trust {
  const way = wayTo(path);
  const last = way.at(-1)!;
  const before = way.slice(0, -1);
  const isHeld = last.info !== null && !isOthers(last);
  // What is on the way is held by its directory; the last thing need not be there.
  const exchangers = before.map((place, index) =>
    exchanger(place, index < before.length - 1 || isHeld)
  );
  return {
    path: last.path,
    way,
    info: last.info,
    exchanged: exchangers.find((who) => who !== null) ?? null,
    changed: last.info?.isSymlink ? null : writer(last, "it"),
    link: way.find((place) => place.info?.isSymlink && isOthers(place))?.path ?? null,
  };
}

/**
 * Who besides root and the user of the program may change a file or what is in a directory, in words;
 * null where nobody may, there is nothing, or it cannot be told.
 */
export function strangerWhoMayChange(path: string): string | null {
  const { info, changed, exchanged } = trustOf(path);
  return info === null ? null : changed ?? exchanged;
}

/**
 * What is known of the way to a path to which something is written.
 *
 * @throws {Error} When a link of another user is on it, which may lead to what this one may not write to.
 */
export function ownWay(path: string): Trust {
  const trust = trustOf(path);
  if (trust.link === null) return trust;
  throw new Error(`it leads through ${trust.link}, a link of another user`);
}
