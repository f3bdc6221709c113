/**
 * Which ways to log in are acceptable, as libpq's `require_auth` has it.
 * @see https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNECT-REQUIRE-AUTH
 *
 * @module
 */
import { unusable } from "../../connecting/url/unusable.ts";
import type {
  AuthenticationMethod,
  RequiredAuthentication,
} from "../../connecting/url/settings.ts";

/** All of them, by the names of `require_auth`. */
const METHODS: readonly AuthenticationMethod[] = [
  ...["none", "password", "md5", "scram-sha-256", "gss", "sspi"] as const,
];

/** Reads the value of `require_auth`; null for no such parameter. */
export function requiredAuthentication(value: string | null): RequiredAuthentication | null {
  if (value === null || value === "") return null;
  const words = value.split(",").map((word) => word.trim());
  const named = words.map((word) => word.replace(/^!/, ""));
  const unknown = named.find((word) => !METHODS.some((method) => method === word));
  if (unknown !== undefined) {
    refuse(`has no method "${unknown}"; known are ${METHODS.join(", ")}`);
  }
  if (new Set(named).size < named.length) refuse("names a method twice");
  const negated = words.filter((word) => word.startsWith("!"));
  if (negated.length > 0 && negated.length < words.length) {
    refuse('has methods with and without "!"', "name what is wanted, or what is not");
  }
  const isPositive = negated.length === 0;
  return {
    methods: METHODS.filter((method) => named.includes(method) === isPositive),
    namesPassword: isPositive && named.includes("password"),
  };
}

function refuse(why: string, remedy: string | null = null): never {
  throw unusable(`parameter "require_auth" ${why}`, remedy);
}
