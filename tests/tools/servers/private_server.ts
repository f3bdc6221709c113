/**
 * What the private servers have in common.
 *
 * @module
 */

/** The user of the private servers, who may do everything there. */
export const USER = "mistral";

/** That user's password. */
export const PASSWORD = "tell-nobody";

/** A running server that nobody else uses; disposing ends it. */
export interface PrivateServer extends AsyncDisposable {
  /** Environment variables by which the tests find it. */
  readonly environment: Readonly<Record<string, string>>;
}
