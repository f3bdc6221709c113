import { examine, type Examined, worstOf } from "../../doctor/mod.ts";
import { describe } from "../../servers/connecting/url/connection_settings.ts";
import { driverOf } from "../../servers/drivers.ts";
import { checkTable } from "../shared/printed/check_table.ts";
import type { CommandFunction, Json } from "../../cli/command.ts";
import { type Context, loadGraph } from "../../cli/context.ts";
import { connect, findDatabase } from "../../cli/database.ts";
import type * as specs from "../specs.ts";

/** Those of `nova-status upgrade check`: https://docs.openstack.org/nova/latest/cli/nova-status.html */
const EXIT_CODES = { success: 0, warning: 1, failure: 2 };

/** Whether Mistral removes executions by itself: both halves of the policy must be set. */
function removesExecutions({ settings }: Context): boolean {
  const { expirationInterval, expirationOlderThan, expirationMaxFinished } = settings;
  const isSet = (text: string | null) => Number(text) > 0;
  return isSet(expirationInterval) && (isSet(expirationOlderThan) || isSet(expirationMaxFinished));
}

const checkJson = (
  { check: { name, title, reason }, status, details, remedy }: Examined,
): Json => ({
  ...{ check: name, title, reason, status, details, remedy },
});

/** `doctor`: what is wrong with the database, or would go wrong with its upgrade. */
const run: CommandFunction<typeof specs.doctor> = async (context) => {
  const graph = await loadGraph(context);
  const { settings, origin } = findDatabase(context);
  const reading = driverOf(settings).forReading(settings);
  const findings = await examine({
    ...{ settings, graph, ignore: context.settings.ignore },
    expiration: { isOn: removesExecutions(context) },
    open: () => connect(context, { settings: reading, origin }),
  });
  const result = worstOf(findings);
  return {
    lines: checkTable(findings, context.host),
    json: { database: describe(settings), result, checks: findings.map(checkJson) },
    exitCode: EXIT_CODES[result],
  };
};

export default run;
