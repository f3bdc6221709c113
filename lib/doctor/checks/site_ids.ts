import { isMistrals } from "../../site/site_ids.ts";
import { type Check, listed, success, warning } from "../check.ts";

/** Whether a site's own revisions have ids that Mistral's next ones will have. */
export const siteIds: Check = {
  name: "site-ids",
  title: "Ids of own revisions",
  reason: "A database that has applied a site's 046 claims to have Mistral's 046 one day.",
  examine({ graph }) {
    const own = [...graph.members.values()].filter(({ node }) => node.origin !== undefined);
    if (own.length === 0) return null;
    const wrong = own.map(({ id }) => id).filter((id) => isMistrals(graph, id));
    if (wrong.length === 0) {
      return success("No id of a site's own revision is like one of Mistral's");
    }
    return warning(
      `The site's own revisions ${
        listed(wrong)
      } have ids that Mistral may give to its next revisions`,
      "Give them other ids, such as site001, as docs/own-revisions.md says",
    );
  },
};
