/**
 * The shell scripts that start the program: one text for what all of them do, filled in when they are made.
 *
 * @module
 */
import { MAIN } from "./bundle.ts";
import { DENO_OPTIONS, PERMISSIONS } from "./project.ts";

/** How Deno is called, for the scripts. */
export const CALL = {
  MAIN,
  DENO_OPTIONS: DENO_OPTIONS.join(" "),
  PERMISSIONS: PERMISSIONS.join(" "),
} as const;

const textOf = (name: string): Promise<string> => Deno.readTextFile(new URL(name, import.meta.url));

/** A script of `packaging/`, with what decides whom to trust and how to start. */
export async function shellScript(name: string): Promise<string> {
  const trust = await textOf("files/trust.sh");
  return (await textOf(name)).replace("@TRUST@\n", () => trust);
}

/** A text with the values that it names; other names stay. */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/@([A-Z_]+)@/g, (whole, name) => String(values[name] ?? whole));
}
