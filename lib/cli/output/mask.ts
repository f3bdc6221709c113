/**
 * Masks passwords in messages. Settings hold theirs in a `Secret`; this is for what an
 * operator typed in the wrong place.
 *
 * @module
 */
import { MASK } from "../../servers/connecting/url/secret.ts";

/** A URL with a password, up to the last `@` before a blank, since passwords can have one as well. */
const URL_WITH_PASSWORD = /(:\/\/[^:@/\s'"]*):[^\s]*@/g;

/** Masks the passwords of all URLs in a text. */
export function maskUrls(text: string): string {
  return text.replace(URL_WITH_PASSWORD, `$1:${MASK}@`);
}
