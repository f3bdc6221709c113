import type { Run } from "../cli/command.ts";
import type * as specs from "./specs/mod.ts";
import { showPlan } from "../cli/planning.ts";

/** `plan`: shows what an upgrade would do. */
const run: Run<typeof specs.plan> = (context, { revision = "head", ...request }) =>
  showPlan(context, { target: revision, ...request });

export default run;
