import { whyUnsupported } from "../../../servers/supported.ts";
import { success, warning } from "../../../servers/finding.ts";
import type { Check } from "../../check.ts";

/** Whether the server is one that this program is tested with. */
export const serverVersion: Check = {
  name: "server-version",
  title: "Server version",
  reason: "Locks and schemas are tested on certain versions of the servers.",
  examine({ server, facts }) {
    const { product, version } = facts.version;
    const why = whyUnsupported(server, facts.version);
    if (why === null) return success(`${product} ${version.join(".")}`);
    return warning(
      why,
      "Upgrade the server, or try the migration on a copy of the database first",
    );
  },
};
