/** Configurations in which a database was meant, and that must not end on SQLite; and URLs without a database. */
import assert from "node:assert/strict";
import { chosenDatabase, refuseNameless, refuseTemporary } from "../../lib/config/database.ts";
import { readSettings } from "../../lib/config/settings.ts";
import { place } from "../tools/program.ts";

/** Files in /etc, variables, and the command line. */
interface Configured {
  readonly files?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, string>>;
}

const URL = "mysql+pymysql://u:tell-nobody@db.example/mistral";

async function read({ files = {}, variables = {}, overrides = {} }: Configured) {
  const root = await Deno.makeTempDir();
  await Deno.mkdir(`${root}/mistral`);
  for (const [name, text] of Object.entries(files)) {
    await Deno.writeTextFile(`${root}/mistral/${name}`, text);
  }
  const environment = {
    get: (name: string) => variables[name],
    toObject: () => variables,
  };
  try {
    return await readSettings({ environment, home: null, systemDirectory: root, overrides });
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

const conf = (text: string): Configured => ({ files: { "mistral.conf": text } });

const REFUSED: Readonly<Record<string, readonly [Configured, RegExp]>> = {
  "a source that is not read": [
    conf("[DEFAULT]\nconfig_source = vault, remote\n[vault]\ndriver = castellan\n"),
    /config_source \(set in \S+:2\) names vault, remote, which this program does not read; set/,
  ],
  "a source in a variable": [
    { variables: { OS_DEFAULT__CONFIG_SOURCE: "remote" } },
    /config_source \(set in OS_DEFAULT__CONFIG_SOURCE\) names remote,/,
  ],
  "a typing error in the option": [
    conf(`[database]\nconection = ${URL}\n`),
    /\[database\] conection in \S+:2 is not a known option; did you mean \[database\] connection\?$/,
  ],
  "two letters mixed up": [conf("[database]\nconenction = x\n"), /did you mean \[database\] conn/],
  "the option in capitals": [
    conf("[database]\nConnection = x\n"),
    /did you mean \[database\] conn/,
  ],
  "a typing error in an older name": [
    conf("[DEFAULT]\nsql-connection = x\n"),
    /\[DEFAULT\] sql-connection in \S+ is not a known option; did you mean \[database\] connection\?/,
  ],
  "a typing error in the section": [
    conf("[databse]\nconnection = x\n"),
    /\[databse\] connection in \S+:2 is not a known option; did you mean \[database\] connection\?/,
  ],
  "a section in the plural": [conf("[databases]\nconnection = x\n"), /did you mean \[database\]/],
  "a section with a blank": [conf("[database ]\nconnection = x\n"), /did you mean \[database\]/],
  "another section": [
    conf(`[DEFAULT]\nconnection = ${URL}\n`),
    /\[DEFAULT\] connection in \S+:2 is a database URL, but is not read; set \[database\]/,
  ],
  "another option": [
    conf(`[database]\nurl = ${URL}\n`),
    /\[database\] url in \S+:2 is a database URL/,
  ],
  "a variable with one underscore": [
    { variables: { OS_DATABASE_CONNECTION: URL } },
    /the variable OS_DATABASE_CONNECTION is a database URL, but is not read/,
  ],
  "a variable in small letters": [
    { variables: { os_database__connection: URL } },
    /the variable os_database__connection is a database URL/,
  ],
  "a connection that is required, in the file": [
    conf("[mistral_db_manage]\nrequire_connection = true\n"),
    /\[database\] connection is not set, and \S+:2 requires it; set/,
  ],
  "a connection that is required, in a variable": [
    { variables: { OS_MISTRAL_DB_MANAGE__REQUIRE_CONNECTION: "1" } },
    /and OS_MISTRAL_DB_MANAGE__REQUIRE_CONNECTION requires it/,
  ],
  "a connection that is required, on the command line": [
    { overrides: { requireConnection: "true" } },
    /and --require-connection requires it/,
  ],
};

for (const [name, [configured, why]] of Object.entries(REFUSED)) {
  Deno.test(`no fallback: ${name}`, async () => {
    const settings = await read(configured);
    assert.throws(() => chosenDatabase(settings), (error: Error) => {
      assert.match(error.message, /^Cannot tell which database is meant: /);
      assert.match(error.message, why);
      assert.doesNotMatch(error.message, /tell-nobody/);
      return true;
    });
    const variables = { ...configured.variables, OS_DATABASE__CONNECTION: URL };
    const { origin } = chosenDatabase(await read({ ...configured, variables }));
    assert.equal(origin, "OS_DATABASE__CONNECTION");
  });
}

/** Options of oslo.db and of others, which are nobody's mistakes. */
const FALLS_BACK: Readonly<Record<string, Configured>> = {
  "nothing at all": {},
  "an empty file": conf(""),
  "a sample file": conf("[DEFAULT]\n[database]\n#connection = <None>\n"),
  "other options of oslo.db": conf(
    "[database]\n" + [
      ...["connection_debug", "connection_trace", "connection_recycle_time", "slave_connection"],
      ...["connection_parameters", "db_max_retries", "db_retry_interval", "max_overflow"],
      ...["db_inc_retry_interval", "db_max_retry_interval", "max_pool_size", "pool_timeout"],
      ...["use_db_reconnect", "mysql_sql_mode", "sqlite_synchronous", "backend"],
    ].map((name) => `${name} = 1\n`).join(""),
  ),
  "a URL of something else": {
    ...conf("[DEFAULT]\ntransport_url = rabbit://u:p@mq\n"),
    variables: { DATABASE_URL: URL, OS_AUTH_URL: "http://keystone" },
  },
};

for (const [name, configured] of Object.entries(FALLS_BACK)) {
  Deno.test(`as upstream, the fallback: ${name}`, async () => {
    const settings = await read(configured);
    assert.equal(chosenDatabase(settings).origin, null);
    assert.deepEqual(settings.misspelled, []);
  });
}

Deno.test("a link that leads nowhere is no missing file", async () => {
  const root = await Deno.makeTempDir();
  await Deno.symlink(`${root}/gone`, `${root}/mistral.conf`);
  const environment = new Map<string, string>();
  const request = { environment, home: null, systemDirectory: root };
  const settings = await readSettings(request);
  assert.throws(
    () => chosenDatabase(settings),
    /mistral\.conf cannot be read; run as a user who may/,
  );
  environment.set("OS_DATABASE__CONNECTION", URL);
  assert.equal(chosenDatabase(await readSettings(request)).origin, "OS_DATABASE__CONNECTION");
  await Deno.remove(root, { recursive: true });
});

const isRoot = Deno.uid() === 0;
if (isRoot) console.error("SKIPPED: a directory without permission: root may search every one");

Deno.test("a directory without permission is no missing file", { ignore: isRoot }, async () => {
  const root = await Deno.makeTempDir();
  await Deno.mkdir(`${root}/mistral`, { mode: 0 });
  const settings = await readSettings({
    ...{ environment: new Map<string, string>(), home: null, systemDirectory: root },
  });
  assert.throws(() => chosenDatabase(settings), /mistral\/mistral\.conf cannot be read; run as/);
  await Deno.remove(root, { recursive: true });
});

const at = async (connection: string) => chosenDatabase(await read({ overrides: { connection } }));

Deno.test("a URL that names no database of a MySQL server is refused", async () => {
  for (const end of ["", "/", "/?charset=utf8", "/ ", "?charset=utf8"]) {
    const database = await at(`mysql+pymysql://u:tell-nobody@127.0.0.1:1${end}`);
    assert.throws(
      () => refuseNameless(database),
      /Cannot use the database URL: it names no database \(set in --conn\S+\); add the/,
      end,
    );
  }
  const named = ["mysql://h/mistral", "sqlite://", "postgresql://mistral@h", "postgresql://m@h/"];
  for (const url of named) refuseNameless(await at(url));
});

Deno.test("a database that ends with the program is not changed", async () => {
  const urls = [
    ...["sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite:///?timeout=3", "sqlite:/// "],
    ...["sqlite:///x?mode=memory", "sqlite:///file::memory:?uri=true", "sqlite:///file:?uri=true"],
  ];
  for (const url of urls) {
    const database = await at(url);
    assert.throws(() => refuseTemporary(database), /in memory and would be lost/, url);
  }
  for (const url of ["sqlite:///x", "mysql://h/m"]) refuseTemporary(await at(url));
});

Deno.test("the program says so at its beginning and at its end", async () => {
  await using here = await place();
  const run = (script: string, variables = {}) => here.run(script, variables);
  const fallen = await run("mistral-db-manage --quiet upgrade 001");
  assert.equal(fallen.exit, 0);
  const lines = fallen.stderr.trimEnd().split("\n");
  assert.match(lines[0]!, /^WARNING .*No database is configured: using sqlite:/);
  assert.match(
    lines.at(-1)!,
    /^WARNING .*No database is configured: this run used an SQLite/,
  );
  const failed = await run("mistral-db-manage --quiet upgrade zedd 2>&1 >/dev/null | tail -1");
  assert.match(failed.stdout, /this run used an SQLite file/);
  const silent = await run("mistral-db-manage heads");
  assert.equal(silent.stderr, "");
});

Deno.test("no command is taken to SQLite, or to a server's no database", async () => {
  await using here = await place();
  await Deno.writeTextFile(`${here.directory}/bad.conf`, `[database]\nconection = ${URL}\n`);
  const commands = [
    "upgrade head",
    "current",
    "plan",
    "stamp head",
    "populate",
    "verify",
    "doctor",
  ];
  const variables = { OS_DATABASE__CONNECTION: "mysql://u:tell-nobody@127.0.0.1:1" };
  await Promise.all(commands.map(async (command) => {
    const fault = command === "doctor" ? 255 : 1;
    const misspelled = await here.run(`mistral-db-manage --config-file bad.conf ${command}`);
    assert.match(misspelled.stderr, /^Cannot tell which database is meant: /m, command);
    assert.equal(misspelled.exit, fault, command);
    const nameless = await here.run(`mistral-db-manage ${command}`, variables);
    assert.match(nameless.stderr, /^Cannot use the database URL: it names no database/m, command);
    assert.equal(nameless.exit, fault, command);
    assert.doesNotMatch(misspelled.stderr + nameless.stderr, /tell-nobody/);
  }));
  const warned = await here.run("mistral-db-manage --config-file bad.conf current", {
    OS_DATABASE__CONNECTION: "sqlite:///there.sqlite",
  });
  assert.match(
    warned.stderr,
    /^WARNING .*conection in \S+bad\.conf:2 is not a known option; did you mean/,
  );
  assert.equal(warned.exit, 0);
  assert.deepEqual(
    Array.from(Deno.readDirSync(here.directory), ({ name }) => name).toSorted(),
    ["bad.conf", "bin"],
  );
});
