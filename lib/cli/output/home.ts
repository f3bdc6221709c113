/**
 * The home directory of whoever calls a packaged program. Its launcher starts Deno with another one, so that
 * files such as `~/.npmrc` have no power over it.
 *
 * @module
 */

/** The variable in which a launcher hands over the caller's HOME; empty if there is none. */
const CALLERS_HOME = "MISTRAL_DB_MANAGE_HOME";

/** Makes HOME the caller's again; does nothing if no launcher has started this. */
export function restoreHome(): void {
  const home = Deno.env.get(CALLERS_HOME);
  if (home === undefined) return;
  Deno.env.delete(CALLERS_HOME);
  if (home === "") Deno.env.delete("HOME");
  else Deno.env.set("HOME", home);
}
