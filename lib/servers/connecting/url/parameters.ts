/**
 * The parameters after the `?` of a database URL: typed, and each one known or refused by name.
 *
 * @module
 */
import { closest } from "../../../text/closest.ts";
import type { Secret } from "./secret.ts";
import { unusable } from "./unusable.ts";
import type { DatabaseUrl } from "./url.ts";

/** Parameters that change nothing here, each with the reason why it is accepted. */
export type HarmlessParameters = Readonly<Record<string, string>>;

/**
 * Refuses a URL with an unknown parameter: it may be one that protects the session, so
 * that ignoring it would be unsafe.
 *
 * @throws {OperatorError} Naming the parameter, and a similar known one.
 */
export function checkParameters(
  url: DatabaseUrl,
  dialect: string,
  known: readonly string[],
  harmless: HarmlessParameters,
): void {
  const names = [...known, ...Object.keys(harmless)];
  const unknown = Object.keys(url.query).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  // What is no name may be a part of the password, after a "?" or "&" in it.
  if (!/^\w+$/.test(unknown)) {
    throw unusable(
      `it has a ${dialect} parameter whose name is none`,
      'write a "?" in the password as "%3F", and a "&" as "%26"',
    );
  }
  const nearest = closest(unknown, names);
  throw nearest === undefined
    ? unusable(
      `unknown ${dialect} parameter "${unknown}"; known are ${[...names].sort().join(", ")}`,
    )
    : unusable(`unknown ${dialect} parameter "${unknown}"`, `did you mean "${nearest}"?`);
}

/** All values of a parameter; empty if it is missing. */
export function texts(url: DatabaseUrl, name: string): readonly string[] {
  return [url.query[name] ?? []].flat();
}

/**
 * The value of a parameter, or null if it is missing.
 *
 * @throws {OperatorError} When the parameter occurs twice.
 */
export function text(url: DatabaseUrl, name: string): string | null {
  const [value = null, ...more] = texts(url, name);
  if (more.length > 0) throw unusable(`parameter "${name}" occurs twice`);
  return value;
}

/**
 * The value of a parameter that takes one of a few words, or null if it is missing.
 *
 * @throws {OperatorError} When it is another word.
 */
export function choice<T extends string>(
  url: DatabaseUrl,
  name: string,
  words: readonly T[],
): T | null {
  const value = text(url, name);
  if (value === null) return null;
  return words.find((word) => word === value) ??
    refuse(name, `one of ${words.join(", ")}`, value);
}

/**
 * The value of a parameter in seconds; null if it is missing or 0.
 *
 * @throws {OperatorError} When it is not a number of seconds.
 */
export function seconds(url: DatabaseUrl, name: string): number | null {
  const value = text(url, name);
  if (value === null) return null;
  if (!/^\d+(?:\.\d+)?$/.test(value)) return refuse(name, "a number of seconds", value);
  return Number(value) || null;
}

/** What SQLAlchemy, PyMySQL and MySQL Connector read as yes and no, together. */
const FLAGS = {
  yes: ["true", "yes", "on", "y", "t", "1", "required"],
  no: ["false", "no", "off", "n", "f", "0", "none"],
} as const;

/**
 * The value of a parameter that is true or false, or null if it is missing.
 *
 * @throws {OperatorError} When it is neither.
 */
export function flag(url: DatabaseUrl, name: string): boolean | null {
  const value = text(url, name);
  if (value === null) return null;
  const word = value.toLowerCase();
  if (FLAGS.yes.some((yes) => yes === word)) return true;
  if (FLAGS.no.some((no) => no === word)) return false;
  return refuse(name, "true or false", value);
}

/** Refuses the value of a parameter. */
function refuse(name: string, wanted: string, value: string): never {
  throw unusable(`parameter "${name}" must be ${wanted}, not "${value}"`);
}

/**
 * A port that a server can have, or the dialect's own when the URL has none.
 *
 * @throws {OperatorError} When no server can have it.
 */
export function portOf(port: number | null, standard: number): number {
  if (port === null) return standard;
  if (port < 1 || port > 65535) throw unusable("the port must be 1 to 65535");
  return port;
}

/** The text, or null when it is empty: SQLAlchemy leaves out empty parts. */
export function filled(part: string | null): string | null {
  return part === "" ? null : part;
}

/** Who logs in; an empty password is none. */
export function credentials(url: DatabaseUrl): { user: string | null; password: Secret | null } {
  return {
    user: filled(url.username),
    password: url.password?.reveal() === "" ? null : url.password,
  };
}
