import assert from "node:assert/strict";
import {
  connectionSettings,
  describe,
  serverOf,
} from "../../../lib/servers/connecting/url/connection_settings.ts";
import { Secret } from "../../../lib/servers/connecting/url/secret.ts";

/** Reads a URL, as plain data. */
// deno-lint-ignore no-explicit-any -- the tests look at fields of all three dialects
const read = (url: string): any => connectionSettings(new Secret(url));

/** Asserts that a URL is refused with this message. */
const refused = (url: string, message: string | RegExp) =>
  assert.throws(
    () => read(url),
    typeof message === "string"
      ? { name: "OperatorError", message: `Cannot use the database URL: ${message}` }
      : message,
  );

Deno.test("the drivers that deployments name are accepted", () => {
  const names = {
    postgresql: "postgres postgresql postgresql+psycopg2 postgresql+psycopg postgresql+asyncpg " +
      "postgresql+pg8000 postgresql+psycopg2cffi",
    mysql: "mysql mariadb mysql+pymysql mariadb+pymysql mysql+mysqldb mysql+mysqlconnector " +
      "mysql+asyncmy mysql+aiomysql mysql+cymysql mysql+pyodbc mariadb+mariadbconnector",
    sqlite: "sqlite sqlite+pysqlite sqlite+aiosqlite",
  };
  for (const [dialect, drivernames] of Object.entries(names)) {
    for (const name of drivernames.split(" ")) assert.equal(serverOf(name), dialect, name);
  }
});

Deno.test("an unknown database or driver is refused with the known ones", () => {
  refused(
    "mssql+pyodbc://u:hunter2@h/d",
    'unknown database "mssql"; known are postgresql, ' +
      "postgres, mysql, mariadb, sqlite",
  );
  refused("constructor://h/d", /unknown database "constructor"/);
  refused("sqlite+pymysql:///x", 'unknown sqlite driver "pymysql"; known are aiosqlite, pysqlite');
  refused("mysql+://h/d", /unknown mysql driver "";/);
});

Deno.test("a PostgreSQL URL has libpq's defaults", () => {
  assert.deepEqual(read("postgresql+psycopg2://mistral@db.example.org/mistral"), {
    dialect: "postgresql",
    server: "postgresql",
    endpoints: [{ kind: "tcp", host: "db.example.org", port: 5432 }],
    user: "mistral",
    password: null,
    database: "mistral",
    targetSession: "any",
    requiredAuthentication: null,
    channelBinding: "prefer",
    options: null,
    applicationName: null,
    tls: { mode: "prefer", caFile: null, certFile: null, keyFile: null },
    connectTimeout: null,
  });
});

Deno.test("PostgreSQL servers are hosts, Unix sockets, or several", () => {
  const examples = [
    ["u@/d", ["unix /var/run/postgresql/.s.PGSQL.5432"]],
    ["u@/d?host=/tmp&port=5433", ["unix /tmp/.s.PGSQL.5433"]],
    ["u@[::1]:6000/d", ["tcp ::1:6000"]],
    ["u@x/d?host=a:1&host=b", ["tcp a:1", "tcp b:5432"]],
    ["u@/d?host=a,b&port=1,2", ["tcp a:1", "tcp b:2"]],
    ["u@/d?host=a,b&port=7", ["tcp a:7", "tcp b:7"]],
    ["u@/d?host=fe80::1", ["tcp fe80::1:5432"]],
  ] as const;
  for (const [url, wanted] of examples) {
    const endpoints = read(`postgresql://${url}`).endpoints.map((
      { kind, host, port, path }: Record<string, string>,
    ) => kind === "tcp" ? `tcp ${host}:${port}` : `unix ${path}`);
    assert.deepEqual(endpoints, wanted, url);
  }
  refused("postgresql://u@/d?host=a,b&port=1,2,3", /2 hosts do not go with 3 ports/);
  refused("postgresql://u@/d?port=x", 'parameter "port" must be a number');
  refused("postgresql://u@h:70000/d", "the port must be 1 to 65535");
});

Deno.test("PostgreSQL's parameters are typed", () => {
  const settings = read(
    "postgresql://u:p@h/d?options=-c%20statement_timeout%3D0&connect_timeout=7" +
      "&fallback_application_name=m&target_session_attrs=primary&keepalives=1&client_encoding=utf8",
  );
  assert.equal(settings.options, "-c statement_timeout=0");
  assert.deepEqual([settings.connectTimeout, settings.applicationName], [7, "m"]);
  assert.equal(settings.targetSession, "read-write");
  assert.equal(read("postgresql://h/d?connect_timeout=0").connectTimeout, null);
  refused(
    "postgresql://h/d?connect_timeout=soon",
    'parameter "connect_timeout" must be a number of seconds, not "soon"',
  );
  refused("postgresql://h/d?target_session_attrs=standby", /must be one of any, prefer-standby/);
  refused("postgresql://h/d?gssencmode=require", /"gssencmode" must be one of disable, prefer/);
  refused("postgresql://h/d?sslmode=prefer&sslmode=disable", 'parameter "sslmode" occurs twice');
});

Deno.test("PostgreSQL's sslmode means what it means to libpq", () => {
  const modes = [
    ["", "prefer"],
    ["sslmode=disable", "disable"],
    ["sslmode=allow", "allow"],
    ["sslmode=require", "require"],
    ["sslmode=verify-ca&sslrootcert=/ca", "verify-ca"],
    ["sslmode=verify-full&sslrootcert=/ca", "verify-full"],
    ["sslmode=require&sslrootcert=/ca", "verify-ca"],
    ["sslrootcert=/ca", "verify-ca"],
    ["sslrootcert=system", "verify-full"],
    ["ssl=require", "require"],
  ];
  for (const [query, mode] of modes) {
    assert.equal(read(`postgresql://h/d?${query}`).tls.mode, mode, query);
  }
  const files = "sslmode=verify-full&sslrootcert=/ca&sslcert=/c&sslkey=/k";
  assert.deepEqual(read(`postgresql://h/d?${files}`).tls, {
    mode: "verify-full",
    caFile: "/ca",
    certFile: "/c",
    keyFile: "/k",
  });
  for (const mode of ["verify-ca", "verify-full"]) {
    refused(
      `postgresql://h/d?sslmode=${mode}`,
      /needs "sslrootcert", the file with the certificate/,
    );
  }
  refused(
    "postgresql://h/d?sslmode=on",
    /must be one of disable, allow, prefer, require, verify-ca/,
  );
});

Deno.test("a MySQL URL has PyMySQL's defaults", () => {
  assert.deepEqual(read("mysql+pymysql://mistral:hunter2@db.example.org/mistral?charset=utf8mb4"), {
    dialect: "mysql",
    server: "mysql",
    endpoint: { kind: "tcp", host: "db.example.org", port: 3306 },
    user: "mistral",
    password: new Secret("hunter2"),
    database: "mistral",
    serverPublicKeyFile: null,
    getServerPublicKey: false,
    enableCleartextPlugin: false,
    tls: { mode: "disable", caFile: null, certFile: null, keyFile: null },
    connectTimeout: null,
    readTimeout: null,
    writeTimeout: null,
  });
  assert.deepEqual(read("mysql://").endpoint, { kind: "tcp", host: "localhost", port: 3306 });
});

Deno.test("MySQL's parameters are typed", () => {
  const settings = read(
    "mysql://u:@h/d?unix_socket=/run/m.sock&connect_timeout=1&read_timeout=2&write_timeout=3.5" +
      "&plugin=dbcounter&binary_prefix=true",
  );
  assert.deepEqual(settings.endpoint, { kind: "unix", path: "/run/m.sock" });
  assert.deepEqual(
    [settings.connectTimeout, settings.readTimeout, settings.writeTimeout, settings.password],
    [1, 2, 3.5, null],
  );
  refused(
    "mysql://h/d?ssl_verify_cert=maybe",
    'parameter "ssl_verify_cert" must be true or false, ' +
      'not "maybe"',
  );
});

Deno.test("MySQL's ssl parameters mean what they mean to SQLAlchemy and PyMySQL", () => {
  const modes = [
    ["", "disable"],
    ["ssl_ca=/ca", "verify-full"],
    ["ssl_ca=/ca&ssl_check_hostname=false", "verify-ca"],
    ["ssl_ca=/ca&ssl_verify_identity=false", "verify-ca"],
    ["ssl_ca=/ca&ssl_verify_cert=true", "verify-ca"],
    ["ssl_ca=/ca&ssl_verify_cert=true&ssl_verify_identity=true", "verify-full"],
    ["ssl_verify_cert=true", "verify-ca"],
    ["ssl_cert=/c&ssl_key=/k", "require"],
    ["ssl=true", "require"],
    ["ssl_mode=PREFERRED", "prefer"],
    ["ssl_mode=VERIFY_IDENTITY&ssl_ca=/ca", "verify-full"],
  ];
  for (const [query, mode] of modes) {
    assert.equal(read(`mysql://h/d?${query}`).tls.mode, mode, query);
  }
});

Deno.test("an SQLite URL is a path", () => {
  const file = {
    dialect: "sqlite",
    server: "sqlite",
    readOnly: false,
    mustExist: false,
    busyTimeout: null,
  };
  assert.deepEqual(read("sqlite:///rel.db"), { ...file, path: "rel.db" });
  assert.deepEqual(read("sqlite:////abs/a@b.db"), { ...file, path: "/abs/a@b.db" });
  assert.deepEqual(read("sqlite://"), { ...file, path: ":memory:" });
  assert.deepEqual(read("sqlite:///:memory:"), { ...file, path: ":memory:" });
  assert.deepEqual(read("sqlite:///x?timeout=2.5"), { ...file, path: "x", busyTimeout: 2.5 });
  assert.deepEqual(read("sqlite:///file:/x%20y?mode=ro&uri=true"), {
    ...file,
    path: "/x y",
    readOnly: true,
    mustExist: true,
  });
  assert.equal(read("sqlite:///file:///x?uri=true").path, "/x");
  refused("sqlite://rel.db", /SQLite has no host and no user; write "sqlite:\/\/\/relative\/path"/);
});

Deno.test("an unknown parameter is refused by name, with a similar one", () => {
  refused(
    "postgresql://u:hunter2@h/d?sslmod=require",
    'unknown PostgreSQL parameter "sslmod"; did you mean "sslmode"?',
  );
  refused("mysql://h/d?sslca=/x", 'unknown MySQL parameter "sslca"; did you mean "ssl_ca"?');
  refused(
    "mysql://h/d?password=hunter2",
    /unknown MySQL parameter "password"; known are [a-z_, ]+$/,
  );
  refused("sqlite:///x?charset=utf8", /unknown SQLite parameter "charset"/);
});

Deno.test('a password with an "@" of its own is refused before a piece of it is shown', () => {
  for (
    const url of [
      ...["u:a@hunter2@h/d", "u:a@b/hunter2@h/d", "u:a@b?hunter2@h/d=x", "u:a@b?hunter2@h"],
      ...["a@?x=b:hunter2@h", "a@?x=b:c@hunter2@h"],
    ]
  ) {
    assert.throws(() => read(`mysql://${url}`), (error: Error) => {
      assert.match(
        error.message,
        /it has an "@" too many; write an "@" .* as "%40", a "\/" as "%2F" and a "\?" as "%3F"$/,
      );
      assert.doesNotMatch(Deno.inspect(error), /hunter2/);
      return true;
    });
  }
});

Deno.test("settings are described as a URL without the password, and show none", () => {
  const examples = [
    ["postgresql://u:hunter2@h/d?sslmode=require", "postgresql://u:***@h:5432/d"],
    ["postgresql://u:hunter2@/d?host=::1&host=b:1", "postgresql://u:***@[::1]:5432,b:1/d"],
    ["mysql+pymysql://u@[fe80::1]/d", "mysql://u@[fe80::1]:3306/d"],
    ["mysql://u:hunter2@/?unix_socket=/run/m", "mysql://u:***@[/run/m]/"],
    ["sqlite:////srv/x.db", "sqlite:////srv/x.db"],
  ] as const;
  for (const [url, wanted] of examples) {
    const settings = read(url);
    assert.equal(describe(settings), wanted);
    const shown = Deno.inspect(settings, { depth: 9, showHidden: true }) + JSON.stringify(settings);
    assert.doesNotMatch(shown, /hunter2/);
  }
});
