import { isNull } from "../lib/operations/columns.ts";
import { deleteRows } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Deletes delayed calls without a key, which a defect of older engines left behind. */
export default {
  id: "038",
  down: "037",
  message: "Delete delayed calls with key=NULL.",
  created: "2020-07-13T13:20:00Z",
  upgrade: [
    deleteRows("delayed_calls_v2", [isNull("key")]),
  ],
} satisfies Revision;
