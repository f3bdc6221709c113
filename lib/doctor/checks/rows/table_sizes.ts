import { counted, sized } from "../../../text/amounts.ts";
import { success } from "../../../servers/finding.ts";
import type { Check } from "../../check.ts";

/** How many tables are named. */
const NAMED = 3;

/** Which tables are biggest; no judgement. */
export const tableSizes: Check = {
  name: "table-sizes",
  title: "Table sizes",
  reason: "How long an upgrade and a backup last depends on the biggest tables.",
  examine({ facts, schema }) {
    const known = [...facts.tables].filter(([name, { rows }]) => schema.tables.has(name) && rows)
      .toSorted(([, left], [, right]) => (right.bytes ?? 0) - (left.bytes ?? 0));
    if (known.length === 0) {
      return success("No table has rows, as far as the server's statistics tell");
    }
    const total = known.reduce((sum, [, { bytes }]) => sum + (bytes ?? 0), 0);
    const named = known.slice(0, NAMED).map(([name, { rows, bytes }]) =>
      `${name} ${bytes === null ? "" : `${sized(bytes)}, `}${counted(rows!)} row${
        rows === 1 ? "" : "s"
      }`
    );
    return success(`${total > 0 ? `${sized(total)} in all; ` : ""}biggest: ${named.join("; ")}`);
  },
};
