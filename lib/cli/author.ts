/**
 * Who runs this program.
 *
 * @module
 */
import { hostname } from "node:os";
import { operatingSystemUser } from "../drivers/user.ts";
import type { Author } from "../plan/journal.ts";
import { programVersion } from "./version.ts";

/** A system may have no name for the user, as in a container. */
function userName(): string {
  try {
    return operatingSystemUser();
  } catch {
    return String(Deno.uid());
  }
}

/** The author of this run. */
export function thisAuthor(): Author {
  return {
    run: crypto.randomUUID(),
    user: `${userName()}@${hostname()}`,
    program: programVersion,
  };
}
