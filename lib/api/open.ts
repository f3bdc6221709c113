/**
 * Opening a database of Mistral.
 *
 * @module
 */
import { models } from "../../migrations/models/mod.ts";
import { readJournal } from "../engine/account/journal.ts";
import { check } from "../engine/drift/autogenerate.ts";
import { verify } from "../engine/drift/verify.ts";
import { previewUpgrade } from "../engine/explanation/preview.ts";
import { currentVersions } from "../engine/situation.ts";
import { adopt } from "../engine/verbs/adopt.ts";
import { downgrade } from "../engine/verbs/downgrade.ts";
import { stamp } from "../engine/verbs/stamp.ts";
import { upgrade } from "../engine/verbs/upgrade.ts";
import { nameOf } from "../plan/plan.ts";
import { populate } from "../seeds/populate.ts";
import { seedsFrom } from "../seeds/site_seeds.ts";
import { connect } from "../servers/connecting/connect.ts";
import type { MistralDatabase } from "./database.ts";
import { comparisonOf } from "./drift.ts";
import { historyGraph } from "./history.ts";
import { type OpenOptions, planOptions, workOptions } from "./options.ts";
import { planOf } from "./plan.ts";

/**
 * Opens the database of a URL, such as `mysql+pymysql://mistral:secret@db/mistral`.
 *
 * @throws {OperatorError} When the URL is wrong.
 * @throws {ConnectionError} When the session cannot be opened.
 */
export async function open(url: string, options: OpenOptions = {}): Promise<MistralDatabase> {
  const { revisions, ignore = [], signal } = options;
  const graph = historyGraph(revisions);
  const session = await connect(url, { signal });
  const { server } = session;
  return {
    current: async () => await currentVersions(session) ?? [],
    journal: () => readJournal(session),
    async plan(target, options = {}) {
      return planOf(await previewUpgrade(session, graph, target, planOptions(options)), server);
    },
    async upgrade(target, options = {}) {
      const { from, to, applied } = await upgrade(session, graph, target, workOptions(options));
      return { from, to, revisions: applied };
    },
    async downgrade(target, options = {}) {
      const { from, to, reverted } = await downgrade(session, graph, target, workOptions(options));
      return { from, to, revisions: reverted };
    },
    async stamp(target, { verify, ...options } = {}) {
      const result = await stamp(session, graph, target, {
        ...workOptions(options),
        verify,
        ignore,
      });
      return { ...result, revisions: [] };
    },
    async adopt({ revision, replaceUnknown = false, ...options } = {}) {
      const given = { ...workOptions(options), revision, replaceUnknown, ignore };
      const adoption = await adopt(session, graph, given);
      return comparisonOf([adoption.revision], adoption, server);
    },
    async verify() {
      const { revisions, unfinished, ...drift } = await verify(session, graph, ignore);
      const begun = unfinished ? nameOf(unfinished) : null;
      return { ...comparisonOf(revisions, drift, server), unfinished: begun };
    },
    check: () => check(session, { models, graph, ignore }),
    async populate({ from, ...options } = {}) {
      const seeds = from === undefined ? {} : { seeds: await seedsFrom(from) };
      return await populate(session, graph, { ...workOptions(options), ...seeds });
    },
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}
