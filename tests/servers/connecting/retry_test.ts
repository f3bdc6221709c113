import assert from "node:assert/strict";
import { openWithRetries } from "../../../lib/servers/connecting/connect.ts";
import { connectionSettings } from "../../../lib/servers/connecting/url/connection_settings.ts";
import { Secret } from "../../../lib/servers/connecting/url/secret.ts";
import { ConnectionError } from "../../../lib/errors.ts";
import { raw } from "../../../lib/sql/statement.ts";
import { isAvailable } from "../../tools/databases.ts";
import { type Relay, startRelay } from "../../tools/relay.ts";
import { settingsWith } from "../../tools/settings.ts";
import { freePort } from "../../tools/servers/process.ts";

async function nobodyThere() {
  return connectionSettings(new Secret(`mysql://u:p@127.0.0.1:${await freePort()}/db`));
}

Deno.test("a server that is down is asked again, as often as is wanted", async () => {
  const settings = await nobodyThere();
  for (const maxRetries of [0, 1, 3]) {
    const seen: number[] = [];
    const onRetry = (error: ConnectionError, retry: number) => {
      assert.match(error.message, /connection refused/);
      seen.push(retry);
    };
    const opening = openWithRetries(settings, { maxRetries, retryIntervalSeconds: 0.01, onRetry });
    await assert.rejects(opening, ConnectionError);
    assert.deepEqual(seen, Array.from({ length: maxRetries }, (_, index) => index + 1));
  }
});

Deno.test("-1 asks for ever, until it is told to stop", async () => {
  const controller = new AbortController();
  let retries = 0;
  const opening = openWithRetries(await nobodyThere(), {
    maxRetries: -1,
    retryIntervalSeconds: 0.01,
    onRetry: () => ++retries === 25 && controller.abort(new Error("enough")),
    signal: controller.signal,
  });
  await assert.rejects(opening, /enough/);
  assert.equal(retries, 25);
});

Deno.test("a wait is cut short by the signal", async () => {
  const started = Date.now();
  const opening = openWithRetries(await nobodyThere(), {
    maxRetries: 5,
    retryIntervalSeconds: 60,
    signal: AbortSignal.timeout(100),
  });
  await assert.rejects(opening, { name: "TimeoutError" });
  assert.ok(Date.now() - started < 3000);
});

for (const dialect of ["postgresql", "mysql"] as const) {
  Deno.test(`a wrong password is not tried twice (${dialect})`, {
    ignore: !isAvailable(dialect),
  }, async () => {
    const opening = openWithRetries(settingsWith(dialect, { password: "wrong" }), {
      maxRetries: 5,
      retryIntervalSeconds: 60,
      onRetry: () => assert.fail("tried again"),
    });
    await assert.rejects(opening, ConnectionError);
  });

  Deno.test(`a server that comes up is found (${dialect})`, {
    ignore: !isAvailable(dialect),
  }, async () => {
    const port = await freePort();
    const starting: Promise<Relay>[] = [];
    await using connection = await openWithRetries(settingsWith(dialect, { port }), {
      maxRetries: 3,
      retryIntervalSeconds: 0.1,
      onRetry: (_, retry) => retry === 2 && starting.push(startRelay(dialect, port)),
    });
    await using _relay = await starting[0]!;
    assert.equal((await connection.query(raw("SELECT 1 AS one")))[0]!.one, 1);
  });
}
