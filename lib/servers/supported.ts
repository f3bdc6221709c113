/**
 * The servers that this program is made for and tested with.
 *
 * @module
 */
import { isAtLeast, type ServerVersion } from "./effect.ts";

/** What is supported of one product. */
interface Support {
  /** The oldest version. */
  readonly oldest: readonly [number, number];
  /** The versions on which every schema and every lock is tested. */
  readonly tested: string;
}

/** By product. SQLite comes with the program. */
const SUPPORTED: Readonly<Record<ServerVersion["product"], Support>> = {
  PostgreSQL: { oldest: [12, 0], tested: "12 to 18" },
  MariaDB: { oldest: [10, 6], tested: "10.11 and 11.8" },
  MySQL: { oldest: [8, 0], tested: "9.7" },
  SQLite: { oldest: [3, 35], tested: "3.45 and newer" },
};

/** Why a server is not supported, in words; null when it is. */
export function whyUnsupported(server: ServerVersion): string | null {
  const { product, version } = server;
  const { oldest, tested } = SUPPORTED[product];
  if (isAtLeast(server, oldest)) return null;
  return `The server is ${product} ${version.join(".")}, older than ${
    oldest.join(".")
  }, the oldest ` +
    `that is supported (tested: ${tested})`;
}
