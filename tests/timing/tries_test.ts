/** Trying again and again, in real time. */
import assert from "node:assert/strict";
import { delay } from "../../lib/timing/delay.ts";
import { tries, type TryOptions } from "../../lib/timing/tries.ts";

/** How many tries there are, and how many milliseconds they take. */
async function tried(options: TryOptions, work = () => Promise.resolve()) {
  const began = performance.now();
  let count = 0;
  for await (const one of tries(options)) {
    count = one.count;
    await work();
  }
  return { count, milliseconds: performance.now() - began };
}

Deno.test("without any time there is one try, and no pause", async () => {
  const { count, milliseconds } = await tried({ seconds: 0, pauseMs: 10_000 });
  assert.equal(count, 1);
  assert.ok(milliseconds < 5_000);
});

Deno.test("the last pause ends with the time, and one more try follows", async () => {
  const { count, milliseconds } = await tried({ seconds: 0.05, pauseMs: 10_000 });
  assert.equal(count, 2);
  assert.ok(milliseconds >= 49 && milliseconds < 5_000, `${milliseconds} ms`);
});

Deno.test("between two tries there is a pause", async () => {
  const { count, milliseconds } = await tried({ most: 4, pauseMs: 20 });
  assert.equal(count, 4);
  assert.ok(milliseconds >= 57, `${milliseconds} ms`);
});

Deno.test("a try that outlasts the time is the last", async () => {
  const { count } = await tried({ seconds: 0.02, pauseMs: 1 }, () => delay(40));
  assert.equal(count, 1);
});

Deno.test("a try tells whether another follows", async () => {
  const told: boolean[] = [];
  for await (const { isLast } of tries({ most: 3, pauseMs: 0 })) told.push(isLast());
  assert.deepEqual(told, [false, false, true]);
});

Deno.test("where another try was promised, it comes", async () => {
  let count = 0;
  for await (const { isLast } of tries({ seconds: 0.02, pauseMs: 1 })) {
    count++;
    if (!isLast()) await delay(40);
  }
  assert.equal(count, 2);
});

Deno.test("a pause can be ended", async () => {
  const stop = new AbortController();
  const trying = tried({ pauseMs: 10_000, signal: stop.signal });
  stop.abort(new Error("stopped"));
  await assert.rejects(trying, /^Error: stopped$/);
});
