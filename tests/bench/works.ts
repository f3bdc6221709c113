/**
 * What is measured, against whom, and what is to be reached.
 *
 * @module
 */
import { DIST, PROGRAM } from "../../packaging/project.ts";
import type { DialectName } from "../../lib/sql/dialect_name.ts";
import { upgradeTo } from "../tools/migrations.ts";
import { fillAt002, fillAt019 } from "./data.ts";
import {
  clientByHand,
  clientWithScript,
  dbmate,
  emptyFile,
  type Opponent,
  upstream,
} from "./opponents.ts";
import type { Prepare } from "./places.ts";

/** The program as it is shipped. */
export const OURS = `${DIST}/${PROGRAM}`;

/** How this program is to compare: so many times as fast, or so much of the other's time at the most. */
export type Aim = { readonly timesAsFast: number } | { readonly atMost: number };

/** An opponent, and what is to be reached on each database; none where it is not compared. */
export interface Contest {
  readonly opponent: Opponent;
  readonly aims: Readonly<Partial<Record<DialectName, Aim>>>;
}

/** One piece of work. */
export interface Work {
  readonly name: string;
  /** The words of our command line after the connection. */
  readonly args: readonly string[];
  readonly prepare: Prepare;
  /** Whether the work can be done again on the same database. */
  readonly repeatable: boolean;
  readonly contests: readonly Contest[];
}

/** Makes rows; `rows` of each kind. */
export interface Sizes {
  readonly rows: number;
}

/** A database at a revision, with what `fill` puts into it. */
const at = (revision: string, fill: Prepare = async () => {}): Prepare => async (connection) => {
  await upgradeTo(connection, revision);
  await fill(connection);
};

const everywhere = (aim: Aim) => ({ postgresql: aim, mysql: aim, sqlite: aim });
const onServers = (aim: Aim) => ({ postgresql: aim, mysql: aim });

/** The newest revision of upstream's program as Debian 12 has it; where it goes to head, it goes there. */
const UPSTREAM_HEAD = "041";

/** Everything, with tables of so many rows. */
export async function worksOf({ rows }: Sizes): Promise<readonly Work[]> {
  const counted = rows.toLocaleString("en-US");
  return [
    {
      name: "current",
      args: ["current"],
      prepare: at(UPSTREAM_HEAD),
      repeatable: true,
      contests: [
        { opponent: upstream("current"), aims: onServers({ timesAsFast: 15 }) },
        {
          opponent: await emptyFile(),
          aims: { ...onServers({ atMost: 4 }), sqlite: { atMost: 2 } },
        },
      ],
    },
    {
      name: "a fresh install",
      args: ["upgrade", "head"],
      prepare: async () => {},
      repeatable: false,
      contests: [
        { opponent: upstream("upgrade", "head"), aims: onServers({ timesAsFast: 9 }) },
        { opponent: clientWithScript, aims: everywhere({ atMost: 0.5 }) },
        { opponent: dbmate, aims: onServers({ atMost: 0.5 }) },
      ],
    },
    {
      name: "every revision, one by one",
      args: ["upgrade", "head", "--step-by-step"],
      prepare: async () => {},
      repeatable: false,
      contests: [{ opponent: clientWithScript, aims: everywhere({ atMost: 1.3 }) }],
    },
    {
      name: "populate",
      args: ["populate"],
      prepare: at(UPSTREAM_HEAD),
      repeatable: false,
      contests: [{ opponent: upstream("populate"), aims: onServers({ timesAsFast: 12 }) }],
    },
    {
      name: `019 to head, ${counted} tasks and ${counted} actions`,
      args: ["upgrade", "head"],
      prepare: at("019", (connection) => fillAt019(connection, rows)),
      repeatable: false,
      contests: [
        {
          opponent: upstream("upgrade", "head"),
          aims: { postgresql: { timesAsFast: 40 }, mysql: { timesAsFast: 60 } },
        },
        { opponent: clientByHand, aims: onServers({ atMost: 1.25 }) },
      ],
    },
    {
      name: `002 to head, ${counted} executions of 2 KiB`,
      args: ["upgrade", "head"],
      prepare: at("002", (connection) => fillAt002(connection, rows)),
      repeatable: false,
      contests: [
        { opponent: upstream("upgrade", "head"), aims: onServers({ timesAsFast: 5 }) },
      ],
    },
  ];
}
