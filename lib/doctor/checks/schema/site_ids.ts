import { isMistrals } from "../../../site/site_ids.ts";
import { success, warning } from "../../../servers/finding.ts";
import { listed } from "../../../text/listed.ts";
import type { Check } from "../../check.ts";

/** Whether a site's own revisions have ids that Mistral's next ones will have. */
export const siteIds: Check = {
  name: "site-ids",
  title: "Ids of own revisions",
  reason: "After a site's own 046, Mistral's future 046 would be taken as already applied.",
  examine({ graph }) {
    const own = [...graph.members.values()].filter(({ node }) => node.origin !== undefined);
    if (own.length === 0) return null;
    const wrong = own.map(({ id }) => id).filter((id) => isMistrals(graph, id));
    if (wrong.length === 0) {
      return success("The site's own revisions have ids that Mistral will not use");
    }
    return warning(
      `The site's own revisions ${listed(wrong)} have ids that future Mistral revisions may use`,
      "Give them other ids, such as site001, as docs/own-revisions.md says",
    );
  },
};
