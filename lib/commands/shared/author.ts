/**
 * Who runs this program.
 *
 * @module
 */
import type { Author } from "../../plan/plan.ts";
import { programVersion } from "../../cli/version.ts";

/** The user of the program and the machine, as far as the system knows. */
export function whoAndWhere(): { readonly user: string | null; readonly host: string | null } {
  const asked = <T>(ask: () => T): T | null => {
    try {
      return ask();
    } catch {
      return null;
    }
  };
  const user = Deno.env.get("SUDO_USER") ?? Deno.env.get("USER") ?? asked(() => Deno.uid());
  return { user: user === null ? null : String(user), host: asked(() => Deno.hostname()) };
}

/** The author of this run. */
export function thisAuthor(): Author {
  const { user, host } = whoAndWhere();
  return {
    runId: crypto.randomUUID(),
    user: `${user ?? "unknown"}@${host ?? "unknown"}`,
    program: programVersion,
  };
}
