/** Definitions and patterns that would keep the program busy, and names that are no names. */
import assert from "node:assert/strict";
import { readDefinitions } from "../../lib/definitions/definition_file.ts";
import { isMeant } from "../../lib/schema/ignored.ts";
import { runHere } from "../tools/in_process.ts";

const VERSION = "version: '2.0'\n";

/** Generous where the work grows with the amount, and by far too short where it grows with its square. */
const SECONDS = 60;

function inTime<T>(act: () => T): T {
  const began = performance.now();
  const result = act();
  assert.ok(performance.now() - began < SECONDS * 1000);
  return result;
}

const lines = (amount: number, line: (index: number) => string): string =>
  Array.from({ length: amount }, (_, index) => line(index)).join("");

Deno.test("thousands of actions in one file are read one by one", () => {
  const action = (index: number) => `a${index}:\n  base: std.echo # ${index}\n`;
  const { definitions } = inTime(() => readDefinitions(VERSION + lines(3000, action)));
  assert.equal(definitions.length, 3000);
  assert.equal(definitions[1234]!.text, VERSION + action(1234));
});

const LARGE: readonly (readonly [string, string])[] = [
  [
    "tasks that each lead to each",
    `w:\n  task-defaults:\n    on-error: [${lines(5000, (i) => `t${i}, `)}t0x]\n  tasks:\n` +
    "    t0x: {action: std.noop}\n" + lines(5001, (i) => `    t${i}: {action: std.noop}\n`),
  ],
  [
    "targets with conditions in one list",
    "w:\n  tasks:\n    a:\n      action: std.noop\n      on-success:\n" +
    lines(15_000, (i) => `        - t${i}: <% $.x %>\n`),
  ],
  [
    "keys that are not known",
    `w:\n  tasks: {a: {action: std.noop}}\n${lines(20_000, (i) => `  k${i}: 1\n`)}`,
  ],
  [
    "parameters of one call",
    `a:\n  base-input: {x: 1}\n  base: std.echo ${lines(50_000, (i) => `a${i}=1 `)}\n`,
  ],
  [
    "a number in sixties",
    `a:\n  base: std.echo\n  base-input:\n    x: 1${":30".repeat(300_000)}\n`,
  ],
];

for (const [name, text] of LARGE) {
  Deno.test(`no square of the amount: ${name}`, () => {
    inTime(() => readDefinitions(VERSION + text));
  });
}

Deno.test("a pattern with many stars is matched in one pass", () => {
  assert.equal(isMeant("a".repeat(20_000), `${"*a".repeat(50)}*b`), false);
  assert.equal(isMeant("a".repeat(20_000), `${"*a".repeat(50)}*`), true);
});

const PATTERNS:
  readonly (readonly [pattern: string, meant: readonly string[], not: readonly string[]])[] = [
    ["a", ["a"], ["", "aa", "b"]],
    ["*", ["", "a", "a\nb"], []],
    ["a*b", ["ab", "axb", "a.b"], ["a", "b", "abc", "ba"]],
    ["ab*ba", ["abba", "abxba"], ["aba"]],
    ["a**b", ["ab", "axxb"], ["b"]],
    ["*a*b*", ["ab", "xaxbx"], ["ba"]],
    ["a*b*b", ["abb", "abxb"], ["ab"]],
    ["t.*_old", ["t.x_old"], ["txx_old"]],
  ];

Deno.test("a star stands for any text, everything else for itself", () => {
  for (const [pattern, meant, not] of PATTERNS) {
    for (const name of meant) assert.ok(isMeant(name, pattern), `${name} is ${pattern}`);
    for (const name of not) assert.ok(!isMeant(name, pattern), `${name} is not ${pattern}`);
  }
});

Deno.test("a name has no control characters, and none that turn the direction of writing", () => {
  for (const escape of ["\\u202e", "\\0", "\\x1b", "\\u2028", "\\n", "\\x9b"]) {
    const action = readDefinitions(`${VERSION}"a${escape}b":\n  base: std.echo\n`);
    assert.match(
      action.problems[0]!.message,
      /must have a name without (control characters|blanks)/,
    );
    const task = `${VERSION}w:\n  tasks:\n    "a${escape}b":\n      action: std.noop\n`;
    assert.match(
      readDefinitions(task).problems[0]!.message,
      /must have no (control character|blank)/,
    );
  }
});

Deno.test("names that mean something to JavaScript are names", () => {
  const { definitions, problems } = readDefinitions(
    `${VERSION}__proto__:\n  base: std.echo\n  base-input: {__proto__: 1}\n` +
      "constructor:\n  tasks:\n    __proto__:\n      action: std.noop\n      on-success: toString\n" +
      "    toString: {action: std.noop}\n",
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(definitions.map(({ name }) => name), ["__proto__", "constructor"]);
  assert.match(definitions[0]!.spec, /"base-input": \{"__proto__": 1\}/);
});

Deno.test("a URL with thousands of hosts gets a short answer", async () => {
  const url = `postgresql:///d?host=${Array(20_000).fill("127.0.0.1").join(",")}&port=1`;
  const { exit, stderr } = await runHere(["--connection", url, "current"]);
  assert.equal(exit, 1);
  assert.match(
    stderr,
    /^Cannot use the database URL: it names 20000 hosts \(set in --connection\); name 100 at most\n$/,
  );
});
