/** The parts of an error are what was given as such; the message is made of them, never the other way round. */
import assert from "node:assert/strict";
import {
  ConnectionError,
  DatabaseError,
  ExplainedError,
  type Failure,
  OperatorError,
  RefusedError,
  UsageError,
} from "../../lib/errors.ts";

const MESSAGES: readonly (readonly [Failure, string])[] = [
  [{ failed: "Cannot do it" }, "Cannot do it"],
  [{ failed: "Cannot do it", because: "it is late" }, "Cannot do it: it is late"],
  [{ failed: "Cannot do it", remedy: "sleep" }, "Cannot do it; sleep"],
  [
    { failed: "Cannot do it", because: "it is late", remedy: "sleep", done: "one half" },
    "Cannot do it: it is late; sleep",
  ],
];

for (const [failure, message] of MESSAGES) {
  Deno.test(`a message is composed: ${message}`, () => {
    assert.equal(new OperatorError(failure).message, message);
  });
}

/** Errors whose words have the punctuation of a message, such as a server's. */
const SAID = "syntax error: near x; check the manual; nothing was changed";
const PUNCTUATED: Readonly<Record<string, OperatorError>> = {
  "what failed": new OperatorError({ failed: SAID }),
  "the reason": new RefusedError({ failed: "Cannot do it", because: SAID }),
  "an argument": new UsageError({ failed: "argument x", because: SAID }),
  "a server's answer": new DatabaseError({ failed: SAID, code: "1064" }),
  "a driver's words": new ConnectionError({ failed: "x", because: SAID, retryable: true }),
  "upstream's words": new ExplainedError({ failed: SAID, because: SAID }),
};

for (const [what, error] of Object.entries(PUNCTUATED)) {
  Deno.test(`nothing is read out of the punctuation of ${what}`, () => {
    assert.ok(error.message.includes(SAID));
    assert.deepEqual([error.remedy, error.done], [null, null]);
  });
}

Deno.test("upstream's words are the whole message; the explanation stands apart", () => {
  const error = new ExplainedError({ failed: "Not up to date.", because: "why", remedy: "do" });
  assert.deepEqual([error.message, error.explanation], ["Not up to date.", "why; do"]);
});

const LIB = new URL("../../lib/", import.meta.url);

async function sourcesIn(folder: URL): Promise<readonly URL[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  const found = entries.map(async ({ name, isDirectory }) =>
    isDirectory ? await sourcesIn(new URL(`${name}/`, folder)) : [new URL(name, folder)]
  );
  return (await Promise.all(found)).flat();
}

Deno.test("no sentence is taken apart at its semicolons", async () => {
  for (const file of await sourcesIn(LIB)) {
    const source = await Deno.readTextFile(file);
    assert.doesNotMatch(source, /(?:split|[iI]ndexOf)\(["'`];/, file.pathname);
  }
});
