/**
 * Messages for MySQL's and MariaDB's refusals to connect, by the package's names for their numbers.
 * @see https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html
 *
 * @module
 */
import { lasting, passing, type Problems } from "../failures.ts";

const CHECK_PASSWORD = "check user and password in the connection URL";

/** Messages by error code. */
export const MYSQL_PROBLEMS: Problems = {
  ER_ACCESS_DENIED_ERROR: ({ user }) =>
    lasting(`access denied for user "${user}" (1045); ${CHECK_PASSWORD}`),
  ER_ACCESS_DENIED_NO_PASSWORD_ERROR: ({ user }) =>
    lasting(`access denied for user "${user}" (1698); ${CHECK_PASSWORD}`),
  ER_DBACCESS_DENIED_ERROR: ({ user, database }) =>
    lasting(`user "${user}" may not use the database "${database}" (1044); grant it to that user`),
  ER_BAD_DB_ERROR: ({ database }) =>
    lasting(`no database "${database}" (1049); create it, or check the connection URL`),
  ER_HOST_NOT_PRIVILEGED: (_, said) => lasting(`${said} (1130); create the user for this host`),
  ER_CON_COUNT_ERROR: () =>
    passing("too many connections (1040); try again later, or raise max_connections"),
  ER_TOO_MANY_USER_CONNECTIONS: (_, said) => passing(`${said} (1203); try again later`),
  ER_USER_LIMIT_REACHED: (_, said) => passing(`${said} (1226); try again later`),
  ER_SERVER_SHUTDOWN: () => passing("the server is shutting down (1053); try again when it is up"),
  ER_SECURE_TRANSPORT_REQUIRED: () =>
    lasting("the server wants TLS (3159); add ssl=true to the connection URL"),
  HANDSHAKE_NO_SSL_SUPPORT: () =>
    lasting("the server does not offer TLS; switch it on there, or check ssl_… in the URL"),
  PROTOCOL_CONNECTION_LOST: () => passing("the server closed the connection; see the server's log"),
  MYSQL_CLEAR_PASSWORD_NOT_ENABLED: () =>
    lasting("the server wants the password itself; that needs ssl_verify_cert=true in the URL"),
};
