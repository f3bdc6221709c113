import { dropUnique } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Lets workbooks of different namespaces share a name on PostgreSQL too; see 028. */
export default {
  id: "036",
  down: "035",
  message: "namespace support for workbooks table postgresql",
  created: "2020-01-06T09:49:20Z",
  upgrade: [
    dropUnique("workbooks_v2", ["name", "project_id"], { only: "postgresql", ifExists: true }),
  ],
} satisfies Revision;
