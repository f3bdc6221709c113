/**
 * Whatever is read, the answer is a value or a sentence for the operator: never another exception, a hang,
 * a secret or a control character. `INPUTS` says how many each parser gets, `TEST_SEED` which.
 */
import assert from "node:assert/strict";
import fc, { type Arbitrary } from "fast-check";
import { substitute } from "../../lib/config/substitute.ts";
import { parseIni } from "../../lib/config/ini.ts";
import { parse } from "../../lib/cli/argv/parse.ts";
import { COMMANDS } from "../../lib/commands/table.ts";
import { readDefinitions } from "../../lib/definitions/definition_file.ts";
import {
  connectionSettings,
  describe,
} from "../../lib/servers/connecting/url/connection_settings.ts";
import { Secret } from "../../lib/servers/connecting/url/secret.ts";
import { OperatorError } from "../../lib/errors.ts";
import { printable } from "../../lib/text/printable.ts";
import { downgradeMoves, upgradeMoves } from "../../lib/revisions/rows/moves.ts";
import { stampMoves } from "../../lib/revisions/rows/stamp.ts";
import { historyRange } from "../../lib/revisions/target/range.ts";
import { revisionOf } from "../../lib/site/validate.ts";
import { graph } from "../tools/migrations.ts";
import { seedOf } from "../tools/random.ts";

const RUNS = Number(Deno.env.get("INPUTS") ?? 15_000);
const SEED = seedOf("TEST_SEED");

/** Milliseconds that one input may take; machines pause now and then. */
const LONGEST_MS = 5_000;

// deno-lint-ignore no-control-regex -- these are what is looked for
const CONTROL = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

/** Registers a property; a failure names the seed and the smallest input. */
function holds<T>(name: string, inputs: Arbitrary<T>, check: (input: T) => void | Promise<void>) {
  Deno.test(`${RUNS} inputs: ${name}`, async () => {
    const timed = async (input: T) => {
      const began = performance.now();
      await check(input);
      assert.ok(performance.now() - began < LONGEST_MS, "it took too long");
    };
    await fc.assert(fc.asyncProperty(inputs, timed), { numRuns: RUNS, seed: SEED });
  });
}

/** What an operator reads when it is refused; null when it is not. */
function refusal(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (error) {
    assert.ok(error instanceof OperatorError, Deno.inspect(error));
    const shown = printable(error.message);
    assert.doesNotMatch(shown, CONTROL);
    assert.ok(shown.length < 20_000, "the message is too long to be read");
    return shown;
  }
}

/** Any text, control characters and halves of characters included. */
const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
);

/** A text of pieces that mean something where it is read, and of others. */
const madeOf = (...pieces: readonly string[]): Arbitrary<string> =>
  fc.array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...pieces) }, anyText), {
    maxLength: 40,
  })
    .map((parts) => parts.join(""));

holds(
  "configuration files",
  madeOf(
    ...["[database]", "[DEFAULT]", "[", "]", "\n", "\r\n", " ", "\t", "#", ";", "=", ":", "\\"],
    ...["connection", "= mysql://u:hunter2secret@h/db", "$", "${", "}", "'", '"', "\ufeff", "\0"],
  ),
  (text) => {
    const shown = refusal(() => {
      for (const { value } of parseIni(text, "mistral.conf")) {
        assert.doesNotMatch(Deno.inspect(value), /hunter2secret/);
      }
    });
    assert.doesNotMatch(shown ?? "", /hunter2secret/);
  },
);

holds(
  "references in values",
  madeOf("$", "\\", "{", "}", "a", "a.b", "$$", "${a}", "$a", "_", "1"),
  (text) => {
    assert.equal(typeof substitute(text, (name) => `<${name}>`), "string");
  },
);

const PASSWORD = "Tell4Nobody";

holds(
  "database URLs",
  fc.tuple(
    madeOf("mysql", "postgresql", "sqlite", "+", "pymysql", "psycopg2", "://", "mariadb"),
    madeOf("u", ":", "@", "/", "%40", "%", "?", "#", "a="),
    madeOf("@", "/", ":", "?", "#", "&", "%2F", "%", "[", "]", " ", ""),
    madeOf(
      "h",
      ":",
      "3306",
      ",",
      "[::1]",
      "/",
      "db",
      "?",
      "&",
      "=",
      "charset",
      "sslmode",
      "ssl_ca",
    ),
  ).map(([scheme, user, inner, rest]) =>
    `${scheme}://${user}:${PASSWORD}${inner}${PASSWORD}@${rest}`
  ),
  (url) => {
    let described = "";
    const shown = refusal(() => {
      const settings = connectionSettings(new Secret(url));
      described = describe(settings) + Deno.inspect(settings);
    });
    // There are no passwords, and a file's name is no secret.
    if (url.startsWith("sqlite")) return;
    for (const text of [shown ?? "", described]) assert.ok(!text.includes(PASSWORD), text);
  },
);

const target = madeOf(
  ...["head", "heads", "base", "current", "+", "-", "1", "@", ":", "001", "045", "zed", "kilo"],
  ...["ae1027a6acf", ",", " ", "99999999999999999999"],
);

holds("targets of revisions", fc.tuple(target, fc.constantFrom([], ["019"], ["045"])), (input) => {
  const [name, rows] = input;
  refusal(() => upgradeMoves(graph, rows, name));
  refusal(() => downgradeMoves(graph, rows, name));
  refusal(() => stampMoves(graph, rows, name));
  refusal(() => historyRange(graph, name, rows[0] ?? "head"));
});

holds(
  "rows of the version table",
  fc.array(fc.oneof(target, anyText), { maxLength: 4 }),
  (rows) => {
    refusal(() => upgradeMoves(graph, rows, "head"));
    refusal(() => stampMoves(graph, rows, "head"));
  },
);

holds(
  "definitions",
  madeOf(
    ...[
      "version: '2.0'",
      "\n",
      "  ",
      "    ",
      "w:",
      "tasks:",
      "t:",
      "action: std.noop",
      "type: direct",
    ],
    ...[
      "- ",
      "[",
      "]",
      "{",
      "}",
      "&a ",
      "*a",
      "<% $.x %>",
      "{{ _.x }}",
      "on-success:",
      "join: all",
    ],
    ...["'", '"', "|", ">", "%", "?", "!!str", "with-items: i in", "base: std.echo", "input:", "#"],
  ),
  (text) => {
    const { problems } = readDefinitions(text);
    for (const { message } of problems) assert.doesNotMatch(printable(message), CONTROL);
  },
);

holds("exports of a site's revisions", fc.anything(), (value) => {
  refusal(() => revisionOf(value, "own/1.ts"));
});

holds(
  "command lines",
  fc.array(fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...COMMANDS.map(({ name }) => name)) },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        ...[
          "--sql",
          "--json",
          "--config-file",
          "--help",
          "-h",
          "--version",
          "--",
          "-",
          "--lock-timeout",
        ],
        ...[
          "--lock-timeout=x",
          "--connection",
          "head",
          "001:045",
          "--nonsense",
          "--ver",
          "-v",
          "+1",
        ],
      ),
    },
    anyText,
  )),
  async (argv) => {
    const parsed = await parse(argv, COMMANDS);
    if (parsed.kind === "mistake") assert.doesNotMatch(printable(parsed.error.message), CONTROL);
  },
);

holds("text from elsewhere", anyText, (text) => assert.doesNotMatch(printable(text), CONTROL));
