import type { CommandFunction } from "../../cli/command.ts";
import type * as specs from "../specs.ts";
import { showPlan } from "../shared/planning.ts";

/** `plan`: shows what an upgrade would do. */
const run: CommandFunction<typeof specs.plan> = (context, { revision = "head", ...request }) =>
  showPlan(context, { target: revision, ...request });

export default run;
