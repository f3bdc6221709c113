/**
 * How MySQL and MariaDB quote identifiers.
 *
 * @module
 */
import { quoteWith } from "../../shared/spelling.ts";

/** Quotes a MySQL identifier. */
export const quote = quoteWith("`");
