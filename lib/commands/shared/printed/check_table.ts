/**
 * Findings of checks as a table, in the manner of OpenStack's upgrade checks.
 *
 * @module
 */
import type { Examined } from "../../../doctor/mod.ts";
import type { Host } from "../../../cli/output/host.ts";
import { wrapped } from "../../../text/printable.ts";
import { type Style, stylerOf } from "../../../cli/output/style.ts";

/** The widest that is pleasant to read; what is piped is as wide. */
const MOST_COLUMNS = 80;

const RESULTS: Readonly<Record<Examined["status"], readonly [string, Style]>> = {
  success: ["Success", "green"],
  warning: ["Warning", "yellow"],
  failure: ["Failure", "red"],
};

/** A longer word than the line, such as a path, is broken. */
function fitted(text: string, width: number): readonly string[] {
  return wrapped(text, width).flatMap((line) =>
    line.match(new RegExp(`.{1,${width}}`, "gu")) ?? [""]
  );
}

/** The table, for a terminal of this width. */
export function checkTable(
  findings: readonly Examined[],
  host: Host,
): readonly string[] {
  const style = stylerOf(host);
  const width = Math.min(host.stdout.columns ?? MOST_COLUMNS, MOST_COLUMNS) - 4;
  const rule = `+${"-".repeat(width + 2)}+`;
  const row = (text: string, styled = text) => `| ${styled}${" ".repeat(width - text.length)} |`;
  const rows = (text: string) => fitted(text, width).map((line) => row(line));
  const entries = findings.map(({ check, status, details, remedy }) => {
    const [word, colour] = RESULTS[status];
    return [
      ...rows(`Check: ${check.title}`),
      row(`Result: ${word}`, `Result: ${style(colour, word)}`),
      ...rows(`Details: ${details}`),
      ...(remedy === null ? [] : rows(`To do: ${remedy}`)),
      rule,
    ];
  });
  return [rule, row("Upgrade Check Results"), rule, ...entries.flat()];
}
