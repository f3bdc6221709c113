/**
 * Translates what a driver throws into a message for the operator.
 *
 * Nothing of the driver's own error is kept but its message and its code: such errors carry the
 * statement, its values and parts of rows along.
 *
 * @module
 */
import { ConnectionError, DatabaseError } from "../../errors.ts";
import type { Value } from "../../sql/statement.ts";
import { inOneLine } from "../../text/printable.ts";
import { redact } from "./redact.ts";

/** The problem of a connection, its remedy, and whether to retry. */
export interface Problem {
  readonly because: string;
  readonly remedy: string | null;
  readonly retryable: boolean;
}

/** A problem that ends by itself, so that a retry can succeed. */
export function passing(because: string, remedy: string | null = null): Problem {
  return { because, remedy, retryable: true };
}

/** A problem that stays until somebody solves it. */
export function lasting(because: string, remedy: string | null = null): Problem {
  return { because, remedy, retryable: false };
}

/** The user, the database and the server, for messages. */
export interface Attempt {
  /** As {@linkcode targetName} gives it. */
  readonly target: string;
  readonly user: string;
  readonly database: string | null;
}

/** The parts of a driver's error that are used here. */
export interface DriverError {
  readonly message: string;
  readonly code: string;
}

/** Messages by error code; `said` is the server's own message. */
export type Problems = Readonly<Record<string, (attempt: Attempt, said: string) => Problem>>;

const CHECK_ADDRESS = "start the server, or check host and port in the connection URL";
const CHECK_AUTHORITY = "check the file of authorities in the connection URL";

/** The runtime gives one code to a wrong authority and to wrong dates. */
const UNVERIFIED = lasting(
  "the server's certificate is not signed by a trusted authority, has expired or is not valid yet",
  `${CHECK_AUTHORITY}, the certificate's dates and this machine's clock`,
);

const CLOSED = passing("the server closed the connection", "see the server's log");

/** Error codes of the operating system, of name resolution and of TLS. */
const NETWORK_PROBLEMS: Problems = {
  ECONNREFUSED: () => passing("connection refused", CHECK_ADDRESS),
  ENOENT: () => passing("the socket is missing", "start the server, or check the connection URL"),
  ENOTSOCK: () => lasting("the file is not a socket", "check the connection URL"),
  EACCES: () => lasting("permission to the socket denied", "run this as a user who may open it"),
  EHOSTUNREACH: () => passing("the host cannot be reached", CHECK_ADDRESS),
  ENETUNREACH: () => passing("the network cannot be reached", CHECK_ADDRESS),
  ETIMEDOUT: () => passing("no answer in time", CHECK_ADDRESS),
  ENOTFOUND: () => passing("unknown host name", "check the host in the connection URL"),
  EAI_AGAIN: () => passing("the host name cannot be resolved now", "check the name server"),
  ECONNRESET: () => CLOSED,
  EPIPE: () => CLOSED,
  SELF_SIGNED_CERT_IN_CHAIN: () => UNVERIFIED,
  DEPTH_ZERO_SELF_SIGNED_CERT: () =>
    lasting("the server's certificate is signed by itself", CHECK_AUTHORITY),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: () => UNVERIFIED,
  UNABLE_TO_GET_ISSUER_CERT: () => UNVERIFIED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: () => UNVERIFIED,
  CERT_HAS_EXPIRED: () => lasting("the server's certificate has expired", "renew it"),
  CERT_NOT_YET_VALID: () =>
    lasting("the server's certificate is not valid yet", "check the clocks of both machines"),
  TLS_HANDSHAKE: (_, said) =>
    lasting(
      `the TLS handshake failed: ${said}`,
      "check the server's TLS settings and what is between this machine and the server",
    ),
  ERR_TLS_CERT_ALTNAME_INVALID: () =>
    lasting("the server's certificate is for another host", "check the host in the connection URL"),
};

/** The message and the code of whatever was thrown. */
export function driverError(thrown: unknown): DriverError {
  const { message, code } = thrown as { message?: unknown; code?: unknown };
  return { message: String(message ?? thrown), code: String(code ?? "") };
}

/** A copy of a driver's error without its statement, values and rows. */
function clean(name: string, error: DriverError): Error {
  const message = inOneLine(error.message);
  const cause = new Error(error.code === "" ? message : `${message} (${error.code})`);
  cause.name = name;
  delete cause.stack;
  return cause;
}

/** The error for a session that could not be opened. */
export function cannotConnect(
  attempt: Attempt,
  problem: Problem,
  cause?: unknown,
): ConnectionError {
  return new ConnectionError({
    ...problem,
    failed: inOneLine(`Cannot connect to ${attempt.target}`),
    because: inOneLine(problem.because),
    ...(cause === undefined ? {} : { cause: clean("DriverError", driverError(cause)) }),
  });
}

/** The error for a session that could not be opened, from what the driver threw. */
export function connectFailure(
  attempt: Attempt,
  thrown: unknown,
  problems: Problems,
): ConnectionError {
  if (thrown instanceof ConnectionError) return thrown;
  const error = driverError(thrown);
  const known = { ...NETWORK_PROBLEMS, ...problems };
  const problem = Object.hasOwn(known, error.code)
    ? known[error.code]!(attempt, error.message)
    : lasting(error.code === "" ? error.message : `${error.message} (${error.code})`);
  return cannotConnect(attempt, problem, thrown);
}

/** The error for a session that ended while it was needed. */
export function lostConnection(target: string, why: string): ConnectionError {
  return new ConnectionError({
    failed: `Lost the connection to ${target}`,
    because: why,
    remedy: "run the same command again to continue",
    retryable: true,
  });
}

/** The error for a statement that the server refused. */
export function statementFailure(thrown: unknown, values: readonly Value[]): DatabaseError {
  const { code, message } = driverError(thrown);
  const said = inOneLine(redact(message, values));
  const cause = clean("DriverError", { code, message: said });
  return new DatabaseError({ failed: said, code, cause });
}
