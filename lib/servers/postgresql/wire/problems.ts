/**
 * Messages for PostgreSQL's refusals to connect, by SQLSTATE.
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 *
 * @module
 */
import { lasting, passing, type Problems } from "../../connecting/failures.ts";

/** Messages by SQLSTATE. */
export const POSTGRESQL_PROBLEMS: Problems = {
  "28P01": ({ user }) =>
    lasting(
      `wrong password for user "${user}" (28P01)`,
      "check user and password in the connection URL",
    ),
  "28000": (_, said) => lasting(`${said} (28000)`, "check the connection URL and pg_hba.conf"),
  "3D000": ({ database }) =>
    lasting(`no database "${database}" (3D000)`, "create it, or check the connection URL"),
  "42501": (_, said) => lasting(`${said} (42501)`, "grant the user what is missing"),
  "53300": (_, said) => passing(`${said} (53300)`, "try again later, or raise max_connections"),
  "57P01": (_, said) => passing(`${said} (57P01)`, "try again when the server is up"),
  "57P02": (_, said) => passing(`${said} (57P02)`, "try again when the server is up"),
  "57P03": (_, said) => passing(`${said} (57P03)`, "try again when the server is up"),
  NO_TLS: () =>
    lasting("the server does not offer TLS", "switch it on there, or check sslmode in the URL"),
  BAD_TLS_ANSWER: () =>
    lasting(
      "the server's answer to the request for TLS is not valid, so someone may be tampering with the " +
        "connection",
      "check host and port, or connect without TLS by sslmode=disable",
    ),
  CONNECTION_CLOSED: () => passing("the server closed the connection", "see the server's log"),
  SASL_SIGNATURE_MISMATCH: () =>
    lasting("the server does not know the password itself, so it may be an impostor"),
};
