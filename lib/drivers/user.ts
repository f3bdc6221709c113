/**
 * The user of the operating system.
 *
 * @module
 */
import { userInfo } from "node:os";

/** The user when a connection URL names none, as with libpq and PyMySQL. */
export function operatingSystemUser(): string {
  return userInfo().username;
}
