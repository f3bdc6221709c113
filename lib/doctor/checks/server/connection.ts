import { success, warning } from "../../../servers/finding.ts";
import { describe, isLocal } from "../../../servers/connecting/url/connection_settings.ts";
import type { Check } from "../../check.ts";

/** Whether the connection is encrypted. */
export const connection: Check = {
  name: "connection",
  title: "Connection",
  reason: "Passwords and definitions of workflows go over the network.",
  async examine({ database, settings, health: { encryption } }) {
    const where = `Connected to ${describe(settings)}`;
    if (encryption === null) return success(where);
    const protocol = await encryption.protocol(database);
    if (protocol) return success(`${where}, encrypted with ${protocol}`);
    if (isLocal(settings)) return success(`${where}, on this machine`);
    return warning(
      `${where}, without encryption: anybody on the way can read and change what is sent`,
      `Add "${encryption.parameters}" to the URL in [database] connection`,
    );
  },
};
