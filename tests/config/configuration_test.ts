import assert from "node:assert/strict";
import { type Overrides, settingOf } from "../../lib/config/configuration.ts";
import { parseIni } from "../../lib/config/ini.ts";
import type { OptionKey } from "../../lib/config/options.ts";
import { Secret } from "../../lib/servers/connecting/url/secret.ts";

/** Where options are set in a test. */
interface Places {
  readonly overrides?: Overrides;
  readonly environment?: Readonly<Record<string, string>>;
}

/** The value of an option in the open, and its origin; the files are called 0, 1, … */
function setting(key: OptionKey, texts: readonly string[], places: Places = {}): unknown[] {
  const { value, origin } = settingOf({
    overrides: places.overrides ?? {},
    environment: new Map(Object.entries(places.environment ?? {})),
    files: texts.map((text, index) => parseIni(text, String(index))),
  }, key);
  return [value instanceof Secret ? value.reveal() : value, origin];
}

Deno.test("the command line beats the environment, which beats the last file", () => {
  const files = ["[database]\nconnection = a\n", "[database]\nconnection = b\n"];
  const environment = { OS_DATABASE__CONNECTION: "c" };
  const overrides = { connection: "d$x" };
  assert.deepEqual(setting("connection", []), [null, null]);
  assert.deepEqual(setting("connection", files), ["b", "1:2"]);
  assert.deepEqual(setting("connection", files, { environment }), ["c", "OS_DATABASE__CONNECTION"]);
  assert.deepEqual(setting("connection", files, { environment, overrides }), [
    "d$x",
    "--connection",
  ]);
});

Deno.test("options without a group are in DEFAULT, in the environment too", () => {
  assert.deepEqual(setting("debug", ["[DEFAULT]\ndebug = no\n"]), [false, "0:2"]);
  assert.deepEqual(setting("debug", ["[default]\ndebug = yes\n"]), [false, null]);
  const environment = { OS_DEFAULT__DEBUG: "yes" };
  assert.deepEqual(setting("debug", [], { environment }), [true, "OS_DEFAULT__DEBUG"]);
});

Deno.test("older names work, less than the present name in the same file", () => {
  const older = [
    "[DEFAULT]\nsql_connection = x",
    "[DATABASE]\nsql_connection=x",
    "[sql]\nconnection=x",
  ];
  for (const text of older) {
    assert.deepEqual(setting("connection", [text]), ["x", "0:2"]);
    assert.deepEqual(setting("connection", [`${text}\n[database]\nconnection = y`])[0], "y");
    assert.deepEqual(setting("connection", ["[database]\nconnection = y", text])[0], "x");
  }
  assert.deepEqual(setting("connection", ["[DATABASE]\nconnection = x"]), ["x", "0:2"]);
  assert.deepEqual(setting("logFile", ["[DEFAULT]\nlogfile = x"]), ["x", "0:2"]);
});

Deno.test("an integer that is empty is the default", () => {
  assert.deepEqual(setting("maxRetries", ["[database]\nmax_retries ="]), [10, "0:2"]);
  assert.deepEqual(setting("maxRetries", ["[database]\nmax_retries = -1"]), [-1, "0:2"]);
});

Deno.test("references are filled in from everywhere", () => {
  const references = [
    ["$max_retries", "5"],
    ["${max_retries}0", "50"],
    ["$database.max_retries/x", "5/x"],
    ["$debug", "True"],
    ["$log_dir", "/v5"],
    ["$logdir", "/v5"],
    ["$use_json", "False"],
    ["$sql_connection", "older"],
    ["$log_file.", null],
    ["$Debug", null],
    ["${DEFAULT.debug}", "True"],
    ["${sql.connection}", null],
    ["$connection", null],
    ["$$debug", "$debug"],
    ["\\$debug", "$debug"],
    ["\\$$debug", "$True"],
    ["$", "$"],
    ["$1", "$1"],
    ["${debug", "${debug"],
    ["${debug }", "${debug }"],
  ] as const;
  const defaults =
    "[DEFAULT]\ndebug=1\nlog_dir=/v${database.max_retries}\nsql_connection = older\n";
  for (const [text, wanted] of references) {
    const read = () =>
      setting("connection", [`${defaults}[database]\nmax_retries=5\nconnection=${text}`])[0];
    if (wanted === null) assert.throws(read, { name: "OperatorError" }, text);
    else assert.equal(read(), wanted, text);
  }
});

Deno.test("a reference that leads nowhere is named, the rest of the value is not", () => {
  const environment = { OS_DATABASE__CONNECTION: "mysql://u:hunter2@$db_host/db" };
  assert.throws(() => setting("connection", [], { environment }), {
    message:
      'Cannot use OS_DATABASE__CONNECTION: [database] connection refers to something with a "$", which ' +
      'is not a known option; write "\\$" for a dollar sign that means itself',
  });
  const circle = "[database]\nconnection = $log_file\n[DEFAULT]\nlog_file = ${database.connection}";
  assert.throws(() => setting("connection", [circle]), {
    message:
      'Cannot use 0:4: [DEFAULT] log_file refers to "$database.connection", which leads back ' +
      'to itself; write "\\$" for a dollar sign that means itself',
  });
});

Deno.test("a value of the wrong type is refused where it stands", () => {
  assert.throws(() => setting("debug", ["[DEFAULT]\ndebug = maybe"]), {
    message:
      "Cannot use 0:2: [DEFAULT] debug must be one of true, 1, on, yes, false, 0, off, no, " +
      'not "maybe"',
    exitCode: 1,
  });
  assert.throws(() => setting("maxRetries", ["[database]\nmax_retries = mysql://u:hunter2@h"]), {
    message: "Cannot use 0:2: [database] max_retries must be an integer",
  });
  const environment = { OS_DATABASE__MAX_RETRIES: "1.5" };
  assert.throws(() => setting("maxRetries", [], { environment }), {
    message:
      'Cannot use OS_DATABASE__MAX_RETRIES: [database] max_retries must be an integer, not "1.5"',
  });
  assert.throws(() => setting("debug", [], { overrides: { debug: "x" } }), { exitCode: 2 });
});
