/**
 * Database URLs, split into their parts exactly as SQLAlchemy splits them: the URLs are those of
 * existing configuration files, and many of them are not URLs by any RFC.
 *
 * @module
 */
import { unusable } from "./unusable.ts";
import { Secret } from "./secret.ts";

/** A parameter after the `?`: a list when its name occurs more than once. */
export type QueryValue = string | readonly string[];

/** The parts of a database URL. What the URL leaves out is null. */
export interface DatabaseUrl {
  /** Dialect and, after a `+`, driver, as in `mysql+pymysql`. */
  readonly drivername: string;
  /** The user. */
  readonly username: string | null;
  /** The password; an empty one is kept. */
  readonly password: Secret | null;
  /** An IPv6 address comes without its brackets. */
  readonly host: string | null;
  /** Any number: whether a server can have it is checked later. */
  readonly port: number | null;
  /** What stands after the slash; a path, on SQLite. */
  readonly database: string | null;
  /** The parameters, by name. */
  readonly query: Readonly<Record<string, QueryValue>>;
}

/**
 * The parts, as SQLAlchemy 1.4 and 2.0 see them: a password reaches up to the first `@`, whatever
 * is in it, and what follows the parts (a second bracket, a second line) is ignored.
 */
const PARTS = new RegExp(
  [
    /^(?<drivername>[\p{L}\p{N}_+]+):\/\//u,
    /(?<login>(?<username>[^:/]*)(?::(?<password>[^@]*))?@)?/u,
    /(?:\[(?<ipv6>[^/?]+)\]|(?<host>[^/:?]+))?/u,
    /(?::(?<port>[^/?]*))?/u,
    /(?:\/(?<database>[^?]*))?/u,
    /(?:\?(?<query>[^\n]*))?/u,
  ].map((part) => part.source).join(""),
  "u",
);

/**
 * Reads a database URL.
 *
 * User and password are percent-decoded, the database is not; a `+` means a blank in the
 * parameters only; parameters without a value are dropped.
 *
 * @throws {OperatorError} When the text is no database URL; the message shows nothing of it, since
 * a typing error can move the password anywhere.
 */
export function parseDatabaseUrl(text: string): DatabaseUrl {
  if (text === "") throw unusable("it is empty");
  const parts = PARTS.exec(text)?.groups;
  if (parts === undefined) {
    throw unusable('it does not have the form "dialect://user:password@host:port/database"');
  }
  return {
    drivername: parts["drivername"]!,
    username: decoded(parts["username"]),
    password: parts["password"] === undefined ? null : new Secret(decoded(parts["password"])!),
    host: parts["host"] ?? parts["ipv6"] ?? null,
    port: parsePort(parts["port"]),
    database: parts["database"] ?? null,
    query: parseQuery(parts["query"] ?? ""),
  };
}

/**
 * A database URL in two: user and password as they are written, without the `@` that ends them (null where
 * there are none), and what follows them.
 */
export function splitLogin(text: string): readonly [login: string | null, rest: string] {
  const login = PARTS.exec(text)?.groups?.["login"];
  const rest = text.slice(text.indexOf("://") + "://".length);
  return login === undefined ? [null, rest] : [login.slice(0, -1), rest.slice(login.length)];
}

/** Percent-decodes a part that may be missing. */
function decoded(part: string | undefined): string | null {
  return part === undefined ? null : percentDecode(part);
}

/** Percent-decodes UTF-8; what is no percent code stays as it is, and what is no UTF-8 becomes �. */
export function percentDecode(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (codes) => {
    const bytes = codes.slice(1).split("%").map((code) => Number.parseInt(code, 16));
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(Uint8Array.from(bytes));
  });
}

/** Reads a port as Python's `int` does: with a sign, blanks around it, and `_` between digits. */
function parsePort(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (!/^[+-]?\d+(?:_\d+)*$/.test(text.trim())) {
    throw unusable(
      "the port is not a number",
      'write a ":" in the user name or the password as "%3A" and an "@" as "%40", put an IPv6 ' +
        'address in brackets, and name several hosts with "?host=A:1&host=B:2"',
    );
  }
  return Number(text.trim().replaceAll("_", ""));
}

/** Reads the parameters after the `?`. */
function parseQuery(text: string): Record<string, QueryValue> {
  const query = new Map<string, QueryValue>();
  for (const pair of text.split("&")) {
    const [name = "", ...rest] = pair.replaceAll("+", " ").split("=");
    const value = percentDecode(rest.join("="));
    if (value !== "") {
      query.set(percentDecode(name), together(query.get(percentDecode(name)), value));
    }
  }
  return Object.fromEntries(query);
}

/** Adds one more value of the same name. */
function together(before: QueryValue | undefined, value: string): QueryValue {
  return before === undefined ? value : [before, value].flat();
}
