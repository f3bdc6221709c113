/**
 * The servers that this program is made for and tested with.
 *
 * @module
 */
import { isAtLeast, type ServerVersion } from "./effect.ts";
import type { Server } from "./server.ts";

/** Why a server is not supported, in words; null when it is. */
export function whyUnsupported(server: Server, found: ServerVersion): string | null {
  const { product, version } = found;
  const { oldest, tested } = server.catalog.products[product]!;
  if (isAtLeast(found, oldest)) return null;
  return `The server is ${product} ${version.join(".")}, older than ${
    oldest.join(".")
  }, the oldest ` +
    `that is supported (tested: ${tested})`;
}
