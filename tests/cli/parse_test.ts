/** Reading the command line. */
import assert from "node:assert/strict";
import { parse, type Parsed } from "../../lib/cli/argv/parse.ts";
import { COMMANDS } from "../../lib/commands/table.ts";

/** What a command line comes to, in short. */
async function read(line: string): Promise<unknown> {
  const parsed: Parsed = await parse(line.split(" ").filter((word) => word !== ""), COMMANDS);
  switch (parsed.kind) {
    case "run":
      return [parsed.command.name, parsed.values, parsed.globals];
    case "mistake":
      return [parsed.usageOf?.name ?? null, parsed.error.message];
    default:
      return [parsed.kind, parsed.command?.name ?? null];
  }
}

const none = { sources: [], overrides: {}, json: false, quiet: false, wait: null };
const script = { sql: false, noGuard: false };
const creation = {
  allowNewer: false,
  singleTransaction: false,
  stepByStep: false,
  direct: false,
};
const upgrade = { ...script, ...creation, revision: undefined, progress: false, dryRun: false };

const CASES: Readonly<Record<string, unknown>> = {
  "current": ["current", { verbose: false, release: false }, none],
  "check_migration": ["branches", { verbose: false }, none],
  "upgrade head": ["upgrade", { ...upgrade, revision: "head" }, none],
  "upgrade +1": ["upgrade", { ...upgrade, revision: "+1" }, none],
  "upgrade -1": ["upgrade", { ...upgrade, revision: "-1" }, none],
  "upgrade --delta -1": ["upgrade", { ...upgrade, delta: -1 }, none],
  "upgrade --delta=3": ["upgrade", { ...upgrade, delta: 3 }, none],
  "upgrade --delta 3 010": ["upgrade", { ...upgrade, delta: 3, revision: "010" }, none],
  "upgrade 010 --delta 3": ["upgrade", { ...upgrade, delta: 3, revision: "010" }, none],
  "upgrade --delt 3": ["upgrade", { ...upgrade, delta: 3 }, none],
  "upgrade --de=3": ["upgrade", { ...upgrade, delta: 3 }, none],
  "upgrade --delta 1_0": ["upgrade", { ...upgrade, delta: 10 }, none],
  "upgrade --delta x": ["upgrade", "argument --delta: invalid int value: 'x'"],
  "upgrade --delta 1.5": ["upgrade", "argument --delta: invalid int value: '1.5'"],
  "upgrade --delta": ["upgrade", "argument --delta: expected one argument"],
  "upgrade --delta --debug": ["upgrade", "argument --delta: expected one argument"],
  "upgrade -- -x": ["upgrade", { ...upgrade, revision: "-x" }, none],
  "upgrade --lock-timeout 5 --single-transaction head": ["upgrade", {
    ...upgrade,
    revision: "head",
    lockTimeout: 5,
    singleTransaction: true,
  }, none],
  "upgrade head foo": [null, "unrecognized arguments: foo"],
  "upgrade head --sql": ["upgrade", { ...upgrade, revision: "head", sql: true }, none],
  "upgrade head --output=": ["upgrade", "argument --output: only with --sql"],
  "upgrade --no-guard head": ["upgrade", "argument --no-guard: only with --sql"],
  "stamp head --no-guard": ["stamp", "argument --no-guard: only with --sql"],
  "schema --format pdf": [
    "schema",
    "argument --format: invalid choice: 'pdf' (choose from 'sql', 'json', 'mermaid', 'svg', 'html', " +
    "'words')",
  ],
  "plan --dialect oracle": [
    "plan",
    "argument --dialect: invalid choice: 'oracle' (choose from 'postgresql', 'mysql', 'sqlite')",
  ],
  "upgrade 010:020 --sql --output f --no-guard": [
    "upgrade",
    { ...upgrade, revision: "010:020", sql: true, output: "f", noGuard: true },
    none,
  ],
  "history -r001:003": [
    "history",
    { range: "001:003", verbose: false, indicateCurrent: false, applied: false },
    none,
  ],
  "history -vir :003": [
    "history",
    { range: ":003", verbose: true, indicateCurrent: true, applied: false },
    none,
  ],
  "history -r=:003": ["history", {
    range: ":003",
    verbose: false,
    indicateCurrent: false,
    applied: false,
  }, none],
  "history -vx": [null, "unrecognized arguments: -x"],
  "stamp": ["stamp", "the following arguments are required: revision"],
  "stamp base": ["stamp", { ...script, revision: "base", verify: false }, none],
  "--config-file a --config-dir b --config-file=c heads": ["heads", { verbose: false }, {
    ...none,
    sources: [
      { kind: "file", path: "a" },
      { kind: "directory", path: "b" },
      { kind: "file", path: "c" },
    ],
  }],
  "heads --config-f a": ["heads", { verbose: false }, {
    ...none,
    sources: [{ kind: "file", path: "a" }],
  }],
  "-d heads --nodebug --json": ["heads", { verbose: false }, {
    ...none,
    overrides: { debug: "false" },
    json: true,
  }],
  "heads --logdir a --log-file=b=c": ["heads", { verbose: false }, {
    ...none,
    overrides: { logDir: "a", logFile: "b=c" },
  }],
  "--connection mysql://u:p@h/d heads": ["heads", { verbose: false }, {
    ...none,
    overrides: { connection: "mysql://u:p@h/d" },
  }],
  "": [null, "the following arguments are required: command"],
  "--nodebug": [null, "the following arguments are required: command"],
  "--frobnicate": [null, "unrecognized arguments: --frobnicate"],
  "--config x heads": [
    null,
    "ambiguous option: --config could match --config-dir, --config-file",
  ],
  "--json=yes heads": [null, "argument --json: ignored explicit argument 'yes'"],
  "--help": ["help", null],
  "upgrade -h": ["help", "upgrade"],
  "upgrade head foo --help": ["help", "upgrade"],
  "-dh": ["help", null],
  "upgrade --delta x --help": ["upgrade", "argument --delta: invalid int value: 'x'"],
  "--version": ["version", null],
  "--versio": [
    null,
    "ambiguous option: --versio could match --version, --versions-path",
  ],
  "--versions-path a,b --versions-path c heads": [
    "heads",
    { verbose: false },
    { sources: [], overrides: { versionsPath: "a,b,c" }, json: false, quiet: false, wait: null },
  ],
  "--wait current": ["current", { verbose: false, release: false }, { ...none, wait: 300 }],
  "current --wait=2.5": ["current", { verbose: false, release: false }, { ...none, wait: 2.5 }],
  "--wait=soon current": [null, "argument --wait: invalid number of seconds value: 'soon'"],
  "merge": ["merge", "the following arguments are required: revisions"],
  "merge a b c": [
    "merge",
    { revisions: ["a", "b", "c"] },
    { sources: [], overrides: {}, json: false, quiet: false, wait: null },
  ],
  "revision --depends-on a --depends-on=b": [
    "revision",
    { autogenerate: false, sql: false, splice: false, dependsOn: ["a", "b"] },
    { sources: [], overrides: {}, json: false, quiet: false, wait: null },
  ],
};

for (const [line, expected] of Object.entries(CASES)) {
  Deno.test(`reads "${line}"`, async () => assert.deepEqual(await read(line), expected));
}

Deno.test("a word with blanks is no option", async () => {
  const parsed = await parse(["show", "-x y"], COMMANDS);
  assert.equal(parsed.kind === "run" && parsed.values.revision, "-x y");
});

Deno.test("what an option requires is a flag of its command, and a choice has choices", () => {
  for (const { name, options } of COMMANDS) {
    for (const { flags, type, values, requires } of Object.values(options)) {
      if (requires !== undefined) assert.equal(options[requires]?.type, "flag", `${name} ${flags}`);
      if (type === "choice") assert.ok(Array.isArray(values), `${name} ${flags}`);
    }
  }
});
