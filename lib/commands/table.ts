/**
 * The commands. A new command is a spec, a file of its own, and a line here; the file is loaded if
 * the command is given.
 *
 * @module
 */
import { type Command, command } from "../cli/command.ts";
import * as specs from "./specs.ts";

/** All commands, by group, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  command(specs.upgrade, () => import("./everyday/upgrade.ts")),
  command(specs.current, () => import("./everyday/current.ts")),
  command(specs.plan, () => import("./everyday/plan.ts")),
  command(specs.populate, () => import("./everyday/populate.ts")),
  command(specs.history, () => import("./everyday/history.ts")),
  command(specs.wait, () => import("./scripts/wait.ts")),
  command(specs.show, () => import("./scripts/show.ts")),
  command(specs.schema, () => import("./scripts/schema.ts")),
  command(specs.heads, () => import("./scripts/heads.ts")),
  command(specs.branches, () => import("./scripts/branches.ts")),
  command(specs.seeds, () => import("./scripts/seeds.ts")),
  command(specs.populateActions, () => import("./scripts/populate_actions.ts")),
  command(specs.doctor, () => import("./checks/doctor.ts")),
  command(specs.verify, () => import("./checks/verify.ts")),
  command(specs.check, () => import("./checks/check.ts")),
  command(specs.selfTest, () => import("./checks/self_test.ts")),
  command(specs.revision, () => import("./writing/revision.ts")),
  command(specs.merge, () => import("./writing/merge.ts")),
  command(specs.downgrade, () => import("./writing/downgrade.ts")),
  command(specs.adopt, () => import("./repairs/adopt.ts")),
  command(specs.stamp, () => import("./repairs/stamp.ts")),
];
