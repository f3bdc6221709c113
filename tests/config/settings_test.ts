import assert from "node:assert/strict";
import { chosenDatabase } from "../../lib/config/database.ts";
import { FALLBACK_DATABASE } from "../../lib/servers/names.ts";
import { readSettings, type SettingsRequest } from "../../lib/config/settings.ts";
import { anyUser, isSkipped } from "../tools/needs.ts";
import type { ConfigSource } from "../../lib/config/config_files.ts";

/** Makes a directory with files in it, gone when the test is over. */
function directoryOf(files: Readonly<Record<string, string>>): { path: string } & Disposable {
  const path = Deno.makeTempDirSync();
  for (const [name, text] of Object.entries(files)) {
    Deno.mkdirSync(`${path}/${name}`.replace(/\/[^/]*$/, ""), { recursive: true });
    Deno.writeTextFileSync(`${path}/${name}`, text);
  }
  return { path, [Symbol.dispose]: () => Deno.removeSync(path, { recursive: true }) };
}

/** A file that sets the connection. */
const setting = (connection: string) => `[database]\nconnection = ${connection}\n`;

/** Reads the settings with `root` as the place of everything. */
function read(root: string, request: Partial<SettingsRequest> = {}) {
  return readSettings({
    environment: new Map(),
    home: `${root}/home`,
    systemDirectory: `${root}/etc`,
    ...request,
  });
}

/** The connection in the open, and where it was set, without the root. */
async function connection(root: string, request: Partial<SettingsRequest> = {}) {
  const { connection, origins } = await read(root, request);
  return [connection?.reveal() ?? null, origins.connection?.replace(`${root}/`, "") ?? null];
}

/** `--config-file` and `--config-dir` under a root; a directory ends in a slash. */
const named = (root: string, ...paths: readonly string[]): readonly ConfigSource[] =>
  paths.map((path) => ({
    kind: path.endsWith("/") ? "directory" : "file",
    path: `${root}/${path}`,
  }));

Deno.test("of the default files the first in the search path counts, the program's own wins", async () => {
  const places = [
    "home/.mistral/mistral.conf",
    "home/mistral.conf",
    "etc/mistral/mistral.conf",
    "etc/mistral.conf",
  ];
  using root = directoryOf(Object.fromEntries(places.map((place) => [place, setting(place)])));
  for (const place of places) {
    assert.deepEqual(await connection(root.path), [place, `${place}:2`]);
    Deno.removeSync(`${root.path}/${place}`);
  }
  assert.deepEqual(await connection(root.path), [null, null]);
  Deno.writeTextFileSync(`${root.path}/etc/mistral-db-manage.conf`, setting("own"));
  Deno.writeTextFileSync(`${root.path}/home/mistral.conf`, setting("project"));
  assert.deepEqual((await connection(root.path))[0], "own");
});

Deno.test("without a home only the system's files count", async () => {
  using root = directoryOf({ "etc/mistral/mistral.conf": setting("system") });
  assert.deepEqual((await connection(root.path, { home: null }))[0], "system");
});

Deno.test("default directories come after default files, sorted, without hidden files", async () => {
  using root = directoryOf({
    "etc/mistral/mistral.conf": setting("file"),
    "etc/mistral/mistral.conf.d/20.conf": setting("20"),
    "etc/mistral/mistral.conf.d/10.conf": setting("10"),
    "etc/mistral/mistral.conf.d/.30.conf": setting("hidden"),
    "etc/mistral/mistral.conf.d/30.conf.bak": setting("backup"),
  });
  assert.deepEqual((await connection(root.path))[0], "20");
  Deno.mkdirSync(`${root.path}/etc/mistral-db-manage.conf.d`);
  Deno.writeTextFileSync(`${root.path}/etc/mistral-db-manage.conf.d/0.conf`, setting("own"));
  assert.deepEqual((await connection(root.path))[0], "own");
});

Deno.test("the command line replaces defaults of the same kind only, and comes after them", async () => {
  using root = directoryOf({
    "etc/mistral.conf": setting("default file") + "max_retries = 1\n",
    "etc/mistral.conf.d/a.conf": setting("default directory") + "retry_interval = 2\n",
    "a.conf": setting("a"),
    "b.conf": "[DEFAULT]\ndebug = true\n",
    "d/c.conf": setting("c"),
  });
  const { path } = root;
  const withFile = await read(path, { sources: named(path, "a.conf", "b.conf") });
  assert.equal(withFile.connection?.reveal(), "a");
  assert.deepEqual([withFile.maxRetries, withFile.retryInterval, withFile.debug], [10, 2, true]);
  const withDirectory = await read(path, { sources: named(path, "d/") });
  assert.equal(withDirectory.connection?.reveal(), "c");
  assert.deepEqual([withDirectory.maxRetries, withDirectory.retryInterval], [1, 10]);
  const both = (...order: string[]) => connection(path, { sources: named(path, ...order) });
  assert.deepEqual((await both("d/", "a.conf"))[0], "a");
  assert.deepEqual((await both("a.conf", "d/"))[0], "c");
});

Deno.test("a tilde is the home, as in --config-file=~/mistral.conf", async () => {
  using root = directoryOf({ "home/x.conf": setting("x") });
  const sources = [{ kind: "file", path: "~/x.conf" }] as const;
  assert.deepEqual(await connection(root.path, { sources }), ["x", "home/x.conf:2"]);
});

Deno.test("overrides beat everything", async () => {
  using root = directoryOf({
    "etc/mistral.conf": setting("file") + "[DEFAULT]\nuse_json = true\nlog_dir = /var/log\n",
  });
  const settings = await read(root.path, {
    overrides: { connection: "mine", useJson: "false", debug: "true" },
  });
  assert.equal(settings.connection?.reveal(), "mine");
  assert.deepEqual([settings.useJson, settings.debug, settings.logDir], [false, true, "/var/log"]);
  assert.equal(settings.origins.debug, "--debug");
});

Deno.test("files that cannot be read are named", async () => {
  using root = directoryOf({ "d/latin.conf": "", "a.conf": "" });
  const { path } = root;
  Deno.writeFileSync(`${path}/d/latin.conf`, new Uint8Array([91, 103, 93, 10, 35, 0xe9, 10]));
  const cases = [
    ["nowhere.conf", `config file ${path}/nowhere.conf: it does not exist`],
    ["d", `config file ${path}/d: it is a directory; name it with --config-dir`],
    ["nowhere/", `config directory ${path}/nowhere: it does not exist`],
    [
      "a.conf/",
      `config directory ${path}/a.conf: it is not a directory; name a file with --config-file`,
    ],
    ["d/", `${path}/d/latin.conf:2: the line is not UTF-8`],
  ] as const;
  for (const [source, message] of cases) {
    await assert.rejects(read(path, { sources: named(path, source) }), {
      name: "OperatorError",
      exitCode: 1,
      message: `Cannot read ${message}`,
    });
  }
});

Deno.test({
  name: "a file that may not be read is named",
  ignore: await isSkipped("a file that may not be read", anyUser),
  async fn() {
    using root = directoryOf({ "etc/mistral.conf": "" });
    Deno.chmodSync(`${root.path}/etc/mistral.conf`, 0);
    await assert.rejects(
      read(root.path),
      /mistral\.conf: permission denied; run as a user who may/,
    );
  },
});

Deno.test("no connection anywhere is SQLite in the current directory, and is told apart", async () => {
  using root = directoryOf({});
  const settings = await read(root.path);
  assert.equal(settings.connection, null);
  const { origin, settings: { dialect } } = chosenDatabase(settings);
  assert.deepEqual([origin, dialect], [null, "sqlite"]);
  assert.equal(FALLBACK_DATABASE, "sqlite:///mistral.sqlite");
});

Deno.test("a wrong URL is refused with its origin and without its text", async () => {
  using root = directoryOf({ "etc/mistral.conf": setting("mysql://u:hunter2@h/db?sslca=x") });
  const refusal = (message: string) => ({ name: "OperatorError", exitCode: 1, message });
  const settings = await read(root.path);
  assert.throws(
    () => chosenDatabase(settings),
    refusal(
      'Cannot use the database URL: unknown MySQL parameter "sslca" ' +
        `(set in ${root.path}/etc/mistral.conf:2); did you mean "ssl_ca"?`,
    ),
  );
  const empty = await read(root.path, { environment: new Map([["OS_DATABASE__CONNECTION", ""]]) });
  assert.throws(
    () => chosenDatabase(empty),
    refusal("Cannot use the database URL: it is empty (set in OS_DATABASE__CONNECTION)"),
  );
});

Deno.test("settings show no secret", async () => {
  using root = directoryOf({ "etc/mistral.conf": setting("mysql://u:hunter2@h/db") });
  const settings = await read(root.path);
  const shown = [settings, chosenDatabase(settings)].flatMap((value) => [
    Deno.inspect(value, { depth: 9, showHidden: true }),
    JSON.stringify(value),
  ]);
  assert.doesNotMatch(shown.join("\n"), /hunter2/);
});

Deno.test("a relative versions_path is meant from the file that has it", async () => {
  using place = directoryOf({
    "etc/mistral.conf": "[mistral_db_manage]\nversions_path = own, /abs/olute, ../up\n",
  });
  const { versionsPath } = await read(place.path);
  assert.deepEqual(versionsPath, [
    `${place.path}/etc/own`,
    "/abs/olute",
    `${place.path}/etc/../up`,
  ]);
  const overrides = { versionsPath: "here" };
  assert.deepEqual((await read(place.path, { overrides })).versionsPath, ["here"]);
});

Deno.test("a device that has no end is refused, a pipe is read", async () => {
  using root = directoryOf({});
  const zero = [{ kind: "file", path: "/dev/zero" }] as const;
  await assert.rejects(read(root.path, { sources: zero }), {
    message: "Cannot read config file /dev/zero: it has more than 4 MiB",
  });
  const pipe = `${root.path}/pipe`;
  assert.ok((await new Deno.Command("mkfifo", { args: [pipe] }).output()).success);
  const reading = connection(root.path, { sources: named(root.path, "pipe") });
  await Deno.writeTextFile(pipe, setting("x"));
  assert.deepEqual(await reading, ["x", "pipe:2"]);
});
