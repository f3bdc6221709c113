import assert from "node:assert/strict";
import { inspect } from "node:util";
import { Secret } from "../../../lib/servers/connecting/url/secret.ts";

Deno.test("a secret shows as three stars wherever it goes", () => {
  const secret = new Secret("hunter2");
  assert.equal(secret.reveal(), "hunter2");
  assert.equal(`${secret}`, "***");
  assert.equal("" + secret, "***");
  assert.equal(JSON.stringify({ secret }), '{"secret":"***"}');
  assert.equal(Deno.inspect({ secret }), "{ secret: *** }");
  assert.equal(inspect(secret, { showHidden: true }), "***");
  assert.deepEqual(Object.entries(secret), []);
});
