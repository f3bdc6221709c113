/**
 * The user of the operating system.
 *
 * @module
 */
import { userInfo } from "node:os";
import { OperatorError } from "../../errors.ts";

/**
 * The user when a connection URL names none, as with libpq and PyMySQL.
 *
 * @param look Asks the system.
 * @throws {OperatorError} When this user has no name, as in a container that knows the number alone.
 */
export function operatingSystemUser(look: () => { readonly username: string } = userInfo): string {
  try {
    return look().username;
  } catch (cause) {
    throw new OperatorError({
      failed: "Cannot use the database URL",
      because: `it names no user, and local user with ID ${Deno.uid()} does not exist`,
      remedy: "name a user in the URL",
      cause,
    });
  }
}
