import assert from "node:assert/strict";
import { OperatorError } from "../../lib/errors.ts";
import { parseDatabaseUrl } from "../../lib/drivers/url.ts";
import reference from "../fixtures/config/database-url-cases.json" with { type: "json" };

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
