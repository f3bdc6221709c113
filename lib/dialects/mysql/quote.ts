/**
 * How MySQL and MariaDB quote identifiers.
 *
 * @module
 */
import { quoteWith } from "../spelling.ts";

/** Quotes a MySQL identifier. */
export const quote = quoteWith("`");
