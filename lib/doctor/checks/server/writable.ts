import { failure, success } from "../../../servers/finding.ts";
import type { Check } from "../../check.ts";

/** Whether the server takes changes. */
export const writable: Check = {
  name: "writable",
  title: "Server takes changes",
  reason: "A standby, a replica and a server in maintenance refuse every migration.",
  examine({ obstacle }) {
    if (obstacle === null) return success("The server takes changes");
    const { why, remedy } = obstacle;
    return failure(
      `Nothing can be changed here: ${why}`,
      remedy.replace(/^./, (letter) => letter.toUpperCase()),
    );
  },
};
