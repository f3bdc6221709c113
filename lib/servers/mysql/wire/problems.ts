/**
 * Messages for MySQL's and MariaDB's refusals to connect, by number.
 * @see https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html
 *
 * @module
 */
import { lasting, passing, type Problems } from "../../connecting/failures.ts";

const CHECK_PASSWORD = "check user and password in the connection URL";

/** Said before the greeting, so that it comes in clear text. */
const TOO_MANY_CONNECTIONS = "1040";

const TOO_MANY = passing(
  "too many connections (1040)",
  "try again later, or raise max_connections",
);

/** Messages by error code. */
export const MYSQL_PROBLEMS: Problems = {
  1045: ({ user }) => lasting(`access denied for user "${user}" (1045)`, CHECK_PASSWORD),
  1698: ({ user }) => lasting(`access denied for user "${user}" (1698)`, CHECK_PASSWORD),
  1044: ({ user, database }) =>
    lasting(
      `user "${user}" may not use the database "${database}" (1044)`,
      "grant it to that user",
    ),
  1049: ({ database }) =>
    lasting(`no database "${database}" (1049)`, "create it, or check the connection URL"),
  1130: (_, said) => lasting(`${said} (1130)`, "create the user for this host"),
  1040: () => TOO_MANY,
  1203: (_, said) => passing(`${said} (1203)`, "try again later"),
  1226: (_, said) => passing(`${said} (1226)`, "try again later"),
  1053: () => passing("the server is shutting down (1053)", "try again when it is up"),
  3159: () => lasting("the server wants TLS (3159)", "add ssl=true to the connection URL"),
  REFUSED_BEFORE_TLS: (_, number) =>
    number === TOO_MANY_CONNECTIONS
      ? TOO_MANY
      : lasting(`the server refused the connection before encryption, with error ${number}`),
  MYSQL_PROTOCOL: (_, said) =>
    lasting(`the server does not follow MySQL's protocol: ${said}`, "check host and port"),
  NO_TLS: () =>
    lasting("the server does not offer TLS", "switch it on there, or check ssl_… in the URL"),
};
