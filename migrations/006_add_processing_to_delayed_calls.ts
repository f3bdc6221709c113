import { boolean, column } from "../lib/operations/columns.ts";
import { addColumn } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Marks delayed calls that an engine is working on; those that are there are not. */
export default {
  id: "006",
  down: "005",
  message: "add a Boolean column 'processed' to the table  delayed_calls_v2",
  created: "2015-08-09T09:44:38Z",
  upgrade: [
    addColumn("delayed_calls_v2", column("processing", boolean, { nullable: false }), {
      fill: false,
    }),
  ],
} satisfies Revision;
