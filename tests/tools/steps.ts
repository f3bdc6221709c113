/**
 * Steps of a test that run several at a time.
 *
 * @module
 */

/** One step. */
export interface Step {
  readonly name: string;
  readonly ignore?: boolean;
  readonly fn: () => Promise<void>;
}

/** Runs steps, some at a time; all of them, whatever becomes of the others. */
export async function inParallel(
  t: Deno.TestContext,
  steps: readonly Step[],
  atOnce = 4,
): Promise<void> {
  const queue = [...steps];
  const work = async () => {
    for (let step = queue.shift(); step; step = queue.shift()) {
      // Deno cannot tell what belongs to which of several steps that run at once.
      const relaxed = { sanitizeOps: false, sanitizeResources: false, sanitizeExit: false };
      await t.step({ ...step, ...relaxed });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}
