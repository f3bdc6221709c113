/**
 * The commands. A new command is a file of its own and a line here.
 *
 * @module
 */
import branches from "./branches.ts";
import check from "./check.ts";
import type { Command } from "../cli/command.ts";
import current from "./current.ts";
import downgrade from "./downgrade.ts";
import heads from "./heads.ts";
import history from "./history.ts";
import merge from "./merge.ts";
import plan from "./plan.ts";
import populate from "./populate.ts";
import populateActions from "./populate_actions.ts";
import revision from "./revision.ts";
import seeds from "./seeds.ts";
import selfTest from "./self_test.ts";
import show from "./show.ts";
import stamp from "./stamp.ts";
import upgrade from "./upgrade.ts";

/** All commands, in the order of the help: upstream's first. */
export const COMMANDS: readonly Command[] = [
  current,
  history,
  branches,
  upgrade,
  plan,
  populate,
  populateActions,
  stamp,
  revision,
  downgrade,
  merge,
  check,
  heads,
  show,
  seeds,
  selfTest,
];
