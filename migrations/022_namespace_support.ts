import { column, isNotEmpty, string } from "../lib/operations/columns.ts";
import { addColumn, dropUnique, unique, update } from "../lib/operations/vocabulary.ts";
import type { Revision } from "../lib/revisions/graph/migration.ts";

/** Gives workflows a namespace and puts every existing row in the empty one. */
export default {
  id: "022",
  down: "021",
  message: "namespace_support",
  created: "2017-06-11T13:09:06Z",
  upgrade: [
    addColumn("workflow_definitions_v2", column("namespace", string(255))),
    // PostgreSQL keeps the old constraint until 035.
    dropUnique("workflow_definitions_v2", ["name", "project_id"], {
      only: ["mysql", "sqlite"],
      ifExists: true,
    }),
    unique("workflow_definitions_v2", ["name", "namespace", "project_id"]),
    addColumn("workflow_executions_v2", column("workflow_namespace", string(255))),
    addColumn("task_executions_v2", column("workflow_namespace", string(255))),
    addColumn("action_executions_v2", column("workflow_namespace", string(255))),
    update("workflow_definitions_v2", { namespace: "" }),
    update("workflow_executions_v2", { workflow_namespace: "" }),
    update("task_executions_v2", { workflow_namespace: "" }),
    // Actions that were run by hand belong to no workflow, and so to no namespace.
    update("action_executions_v2", { workflow_namespace: "" }, {
      where: [isNotEmpty("workflow_name")],
    }),
  ],
} satisfies Revision;
