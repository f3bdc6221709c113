import { column, string } from "../lib/operations/columns.ts";
import { addColumn, dropUnique, unique } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Gives actions a namespace; those that are there have none. */
export default {
  id: "037",
  down: "036",
  message: "add namespace column to action definitions",
  created: "2020-01-06T10:22:20Z",
  upgrade: [
    addColumn("action_definitions_v2", column("namespace", string(255))),
    dropUnique("action_definitions_v2", ["name", "project_id"], { ifExists: true }),
    unique("action_definitions_v2", ["name", "namespace", "project_id"]),
  ],
} satisfies Revision;
