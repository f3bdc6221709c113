/**
 * What several processes of `deno test` came to, in the words in which one says it.
 *
 * @module
 */

const SUMMARY = /^(?:ok|FAILED) \| .* \(.*\)\n?/gm;

const COUNTS = {
  passed: /(\d+) passed/,
  steps: /\((\d+) steps?\)/,
  failed: /(\d+) failed/,
  ignored: /(\d+) ignored/,
} as const;

/** Adds up the last words of processes. */
export class Summary {
  readonly #begun = performance.now();
  readonly #counts: Record<keyof typeof COUNTS, number> = {
    passed: 0,
    steps: 0,
    failed: 0,
    ignored: 0,
  };

  /** Takes the last words out of what a process wrote, and counts them. */
  add(text: string, succeeded: boolean): string {
    const words = text.match(SUMMARY)?.join("") ?? "";
    for (const [what, pattern] of Object.entries(COUNTS)) {
      this.#counts[what as keyof typeof COUNTS] += Number(pattern.exec(words)?.[1] ?? 0);
    }
    // A process that came to no end has no words for it.
    if (!succeeded && !/[1-9]\d* failed/.test(words)) this.#counts.failed++;
    return text.replace(SUMMARY, "").trimEnd();
  }

  toString(): string {
    const { passed, steps, failed, ignored } = this.#counts;
    const seconds = Math.round((performance.now() - this.#begun) / 1000);
    const time = `(${Math.floor(seconds / 60)}m${seconds % 60}s)`;
    const counts = `${passed} passed (${steps} steps) | ${failed} failed | ${ignored} ignored`;
    return `${failed === 0 ? "ok" : "FAILED"} | ${counts} ${time}`;
  }
}
