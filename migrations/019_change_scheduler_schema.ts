import { column, string } from "../lib/operations/columns.ts";
import { addColumn, dropColumn, dropUnique, index } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Lets several delayed calls share a key. */
export default {
  id: "019",
  down: "018",
  message: "Change scheduler schema.",
  created: "2016-08-17T17:54:51Z",
  upgrade: [
    dropUnique("delayed_calls_v2", ["unique_key", "processing"], { ifExists: true }),
    dropColumn("delayed_calls_v2", "unique_key"),
    addColumn("delayed_calls_v2", column("key", string(250))),
    index("delayed_calls_v2_execution_time", "delayed_calls_v2", ["execution_time"]),
  ],
} satisfies Revision;
