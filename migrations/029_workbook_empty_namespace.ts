import { isNull } from "../lib/operations/columns.ts";
import { update } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Puts workbooks that have no namespace in the empty one. */
export default {
  id: "029",
  down: "028",
  message: "workbook_empty_namespace",
  created: "2018-08-08T10:30:00Z",
  upgrade: [
    update("workbooks_v2", { namespace: "" }, { where: [isNull("namespace")] }),
  ],
} satisfies Revision;
