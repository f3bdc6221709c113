import { statfs } from "node:fs/promises";
import { sized } from "../../../text/amounts.ts";
import type { Explanation } from "../../../engine/explanation/explain.ts";
import { failure, success, warning } from "../../../servers/finding.ts";
import { isLocal } from "../../../servers/connecting/url/connection_settings.ts";
import type { Check, CheckContext } from "../../check.ts";

/** A copy needs more than the table: its log, and the rows that others write meanwhile. */
const MARGIN = 1.2;

/** What nobody needs to look at, in bytes. */
const LITTLE = 1e9;

/** The size of the biggest copy that one statement makes; null where it is not known. */
function biggestCopy({ migrations }: Explanation): number | null {
  const copies = migrations.flatMap(({ statements }) => statements).flatMap(({ effects }) =>
    effects.filter(({ method }) => method === "copy" || method === "rebuild")
  );
  const sizes = copies.map(({ rows, bytes }) => rows === 0 ? 0 : bytes);
  return sizes.includes(null) ? null : Math.max(0, ...sizes.map(Number));
}

/** Free bytes where the server keeps its files; null where it is on another machine, or closed to us. */
async function freeBytes(context: CheckContext): Promise<number | null> {
  if (!isLocal(context.settings)) return null;
  try {
    const directory = await context.health.dataDirectory(context);
    if (directory === null) return null;
    const { bavail, bsize } = await statfs(directory);
    return bavail * bsize;
  } catch {
    return null;
  }
}

/** Whether the biggest table that is copied fits beside itself. */
export const diskSpace: Check = {
  name: "disk-space",
  title: "Disk space",
  reason: "A table that is copied exists twice for a while; a full disk stops the server.",
  async examine(context) {
    const { forecast } = context;
    if ("refusal" in forecast) return null;
    const copied = biggestCopy(forecast.explanation);
    if (copied === 0) return success("The upgrade copies no table");
    const free = await freeBytes(context);
    const need = copied === null
      ? "a copy of a table of unknown size"
      : `${sized(copied * MARGIN)} for the biggest copy`;
    if (copied !== null && free !== null) {
      return free >= copied * MARGIN ? success(`${sized(free)} are free, of ${need}`) : failure(
        `${sized(free)} are free, but the upgrade needs ${need}`,
        "Free disk space on the server",
      );
    }
    return copied !== null && copied < LITTLE
      ? success(`The upgrade needs ${need}; how much is free there is not known here`)
      : warning(
        `The upgrade needs ${need}; how much is free there is not known here`,
        "Look at the server's disk",
      );
  },
};
