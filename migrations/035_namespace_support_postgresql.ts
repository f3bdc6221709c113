import { dropUnique } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Lets workflows of different namespaces share a name on PostgreSQL too; see 022. */
export default {
  id: "035",
  down: "034",
  message: "Namespace support postgresql",
  created: "2019-08-01T15:48:34Z",
  upgrade: [
    dropUnique("workflow_definitions_v2", ["name", "project_id"], {
      only: "postgresql",
      ifExists: true,
    }),
  ],
} satisfies Revision;
