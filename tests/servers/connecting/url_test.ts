import assert from "node:assert/strict";
import { OperatorError } from "../../../lib/errors.ts";
import { parseDatabaseUrl } from "../../../lib/servers/connecting/url/url.ts";
import reference from "../../fixtures/config/database-url-cases.json" with { type: "json" };

/** Reads a URL with its password in the open, for comparison. */
function parsed(url: string): Record<string, unknown> {
  const read = parseDatabaseUrl(url);
  return { ...read, password: read.password?.reveal() ?? null };
}

Deno.test("URLs are split as SQLAlchemy splits them", async (t) => {
  for (const { url, error, ...parts } of reference.cases) {
    await t.step(url || "(empty)", () => {
      if (error === undefined) assert.deepEqual(parsed(url), parts);
      else assert.throws(() => parseDatabaseUrl(url), OperatorError);
    });
  }
});

Deno.test("what the grammar leaves open is as SQLAlchemy has it", () => {
  const examples = [
    ["mysql://", { host: null, database: null }],
    ["mysql:///", { host: null, database: "" }],
    ["mysql://u:p@w@h/db", { password: "p", host: "w@h" }],
    ["mysql://:p@h/d", { username: "", password: "p" }],
    ["mysql://u%zz%C3%A9%ff:p@h/d", { username: "u%zzé\uFFFD" }],
    ["mysql://u:p%2Bw@h/d", { password: "p+w" }],
    ["mysql://u@h:+8_0 /d", { port: 80 }],
    ["mysql://u:p?w@h/d?q&b=&a=x+y%20z&%61=1=2", {
      password: "p?w",
      query: { a: ["x y z", "1=2"] },
    }],
    ["mysql://u@[::1]x/db", { host: "::1", database: null }],
    ["mysql://u@h/d?a=1\nb=2", { query: { a: "1" } }],
  ] as const;
  for (const [url, wanted] of examples) {
    const read = parsed(url);
    const part = Object.fromEntries(Object.keys(wanted).map((name) => [name, read[name]]));
    assert.deepEqual(part, wanted, url);
  }
});

Deno.test("a text that is no database URL is refused without showing it", () => {
  const broken = ["hunter2", "mysql:/u:hunter2@h/db", "mysql://u:hunter2/db", " mysql://hunter2"];
  for (const url of broken) {
    assert.throws(() => parseDatabaseUrl(url), (error: Error) => {
      assert.match(error.message, /^Cannot use the database URL: /);
      assert.doesNotMatch(Deno.inspect(error), /hunter2/);
      return true;
    });
  }
});

Deno.test("a parsed URL shows no password", () => {
  const url = parseDatabaseUrl("mysql://u:hunter2@h/db");
  assert.doesNotMatch(Deno.inspect(url, { showHidden: true }) + JSON.stringify(url), /hunter2/);
});
