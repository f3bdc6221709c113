/**
 * The user of the operating system.
 *
 * @module
 */
import { userInfo } from "node:os";

/** Whose name is taken when a connection URL has none, as libpq and PyMySQL do. */
export function operatingSystemUser(): string {
  return userInfo().username;
}
