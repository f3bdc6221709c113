/**
 * The commands. A new command is a spec, a file of its own, and a line here; the file is loaded if
 * the command is given.
 *
 * @module
 */
import { type Command, command } from "../cli/command.ts";
import * as specs from "./specs/mod.ts";

/** All commands, by group, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  command(specs.upgrade, () => import("./upgrade.ts")),
  command(specs.current, () => import("./current.ts")),
  command(specs.plan, () => import("./plan.ts")),
  command(specs.populate, () => import("./populate.ts")),
  command(specs.history, () => import("./history.ts")),
  command(specs.wait, () => import("./wait.ts")),
  command(specs.show, () => import("./show.ts")),
  command(specs.schema, () => import("./schema.ts")),
  command(specs.heads, () => import("./heads.ts")),
  command(specs.branches, () => import("./branches.ts")),
  command(specs.seeds, () => import("./seeds.ts")),
  command(specs.populateActions, () => import("./populate_actions.ts")),
  command(specs.doctor, () => import("./doctor.ts")),
  command(specs.verify, () => import("./verify.ts")),
  command(specs.check, () => import("./check.ts")),
  command(specs.selfTest, () => import("./self_test.ts")),
  command(specs.revision, () => import("./revision.ts")),
  command(specs.merge, () => import("./merge.ts")),
  command(specs.downgrade, () => import("./downgrade.ts")),
  command(specs.adopt, () => import("./adopt.ts")),
  command(specs.stamp, () => import("./stamp.ts")),
];
