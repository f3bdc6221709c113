import { type Check, failure, success } from "../check.ts";

/** Whether the server takes changes. */
export const writable: Check = {
  name: "writable",
  title: "Server takes changes",
  reason: "A standby, a replica and a server in maintenance refuse every migration.",
  examine({ whyReadOnly }) {
    if (whyReadOnly === null) return success("The server takes changes");
    return failure(
      `Nothing can be changed here: ${whyReadOnly}`,
      "Name the server that takes changes in [database] connection",
    );
  },
};
