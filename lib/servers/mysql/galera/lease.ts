/**
 * The lock of a whole Galera cluster. Named locks and table locks belong to one node there; what all
 * nodes agree on is a row of a table. So the row is the lock. It does not end with the session: its
 * owner says again and again that it is alive, and whoever finds that it is not takes the row over.
 *
 * @module
 */
import { delay } from "../../../timing/delay.ts";
import { tries } from "../../../timing/tries.ts";
import type { Database } from "../../database.ts";
import { galeraNode } from "./node.ts";
import { DatabaseError, OperatorError } from "../../../errors.ts";
import { raw, type Row, sql, type Statement } from "../../../sql/statement.ts";
import type { LockHolder } from "../../locks.ts";
import type { LockAttempt } from "../../shared/waiting.ts";
import { lockWaits } from "../locking/lock_waits.ts";

/** Exists while a run works on a cluster, and after a run that was killed. */
export const LEASE_TABLE = "mistral_db_manage_lease";

/** Milliseconds between two signs of life. */
const BEAT_MS = 5_000;

/**
 * Milliseconds without a sign of life after which an owner counts as dead. A node that is lost stops
 * the others for up to 15 seconds, which an owner must outlast.
 */
const EXPIRY_MS = 30_000;

/** Milliseconds for which an owner relies on a sign of life; far less than others wait. */
const FRESH_MS = EXPIRY_MS / 2;

/** How often, and how many milliseconds apart, an owner tries where another node was faster. */
const TRIES = 50;
const TRY_MS = 200;

const TABLE = raw(LEASE_TABLE);

// Several nodes can be asked for it at the same time; all of them create it in the same order.
const CREATE = sql`CREATE TABLE IF NOT EXISTS ${TABLE} (
  id TINYINT NOT NULL PRIMARY KEY,
  owner CHAR(36) NOT NULL,
  description VARCHAR(255) NOT NULL,
  node VARCHAR(255) NOT NULL,
  taken_at DATETIME NOT NULL,
  valid_until DATETIME NOT NULL,
  beats INTEGER NOT NULL
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4`;

const VALID_UNTIL = raw(`UTC_TIMESTAMP() + INTERVAL ${EXPIRY_MS / 1000} SECOND`);

const SELECT = sql`SELECT owner, description, node, beats FROM ${TABLE}`;

/** What the server says when the table is not there. */
const NO_TABLE = "1146";

/** What it says when another node was faster, or has inserted the row before (ER_DUP_ENTRY). */
const TOO_LATE = [...lockWaits.passing, "1062"];

/** How many rows were changed; null if another node was faster, or the others are behind. */
async function changed(database: Database, statement: Statement): Promise<number | null> {
  try {
    return await database.execute(statement);
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    if (error.code === NO_TABLE) return 0;
    if (TOO_LATE.includes(error.code)) return null;
    throw error;
  }
}

/** Who a session is, for people. */
const description = (node: string): Statement =>
  sql`CONCAT('server connection ', CONNECTION_ID(), ' of user "', USER(), ${`" on node "${node}"`})`;

/** The row of an owner, and since when it has been seen as it is. */
interface LastSeen {
  readonly row: Row;
  readonly since: number;
}

/** The lock of a cluster, as long as it is wanted and while it is held. */
export class Lease implements LockAttempt {
  readonly #database: Database;
  readonly #owner: string = crypto.randomUUID();
  #seen: LastSeen | null = null;
  #lastBeat = 0;
  #beating: Promise<void> = Promise.resolve();
  readonly #ended = new AbortController();

  /** Wants the lock through a session that has the named lock of its node, if the node has any. */
  constructor(database: Database) {
    this.#database = database;
  }

  /** Tries once. */
  async tryLock(): Promise<boolean> {
    const found = await this.#look();
    if (found === undefined) return false;
    const began = performance.now();
    if (!await (found === null ? this.#insert() : this.#takeOver(found))) return false;
    this.#lastBeat = began;
    this.#beating = this.#beat();
    return true;
  }

  /** Who has it. */
  findHolder(): Promise<LockHolder | null> {
    const row = this.#seen?.row;
    return Promise.resolve(row ? { description: String(row.description) } : null);
  }

  /** The row, null if there is none, or undefined if it cannot be seen now. */
  async #look(): Promise<Row | null | undefined> {
    try {
      const [row] = await this.#database.query(SELECT);
      this.#remember(row ?? null);
      return row ?? null;
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      if (TOO_LATE.includes(error.code)) return undefined;
      if (error.code !== NO_TABLE) throw error;
      await this.#database.execute(CREATE);
      return null;
    }
  }

  #remember(row: Row | null): void {
    const before = this.#seen?.row;
    if (row && before && row.owner === before.owner && row.beats === before.beats) return;
    this.#seen = row && { row, since: performance.now() };
  }

  async #insert(): Promise<boolean> {
    const { name, address } = (await galeraNode(this.#database))!;
    const inserted = await changed(
      this.#database,
      sql`INSERT INTO ${TABLE} (id, owner, description, node, taken_at, valid_until, beats)
VALUES (1, ${this.#owner}, ${description(name)}, ${address}, UTC_TIMESTAMP(), ${VALID_UNTIL}, 0)`,
    );
    return inserted === 1;
  }

  /** Only if the row is as it was found: somebody else may take it over, or its owner may be alive. */
  async #takeOver({ owner, beats, node }: Row): Promise<boolean> {
    // Asked each time: nodes come and go.
    const { name, address, members, hasNamedLocks } = (await galeraNode(this.#database))!;
    // The named lock of that node would be another's if the owner's session were still there.
    const hasLeft = node === address ? hasNamedLocks : !members.includes(String(node));
    const isSilent = performance.now() - this.#seen!.since > EXPIRY_MS;
    if (!(isSilent || (node !== "" && hasLeft))) return false;
    const updated = await changed(
      this.#database,
      sql`UPDATE ${TABLE}
SET owner = ${this.#owner}, description = ${description(name)}, node = ${address},
  taken_at = UTC_TIMESTAMP(), valid_until = ${VALID_UNTIL}, beats = beats + 1
WHERE owner = ${owner!} AND beats = ${beats!}`,
    );
    return updated === 1;
  }

  /** Gives a sign of life; false if the lock is another's by now, null if that cannot be told. */
  async #sayAlive(database: Database): Promise<boolean | null> {
    const began = performance.now();
    const updated = await changed(
      database,
      sql`UPDATE ${TABLE} SET valid_until = ${VALID_UNTIL}, beats = beats + 1
WHERE owner = ${this.#owner}`,
    );
    if (updated === 1) this.#lastBeat = began;
    return updated === null ? null : updated === 1;
  }

  /** Whether the lock is ours, and stays so for a while. */
  async #isOurs(): Promise<boolean> {
    for await (const _ of tries({ most: TRIES, pauseMs: TRY_MS })) {
      const isOurs = await this.#sayAlive(this.#database);
      if (isOurs !== null) return isOurs;
    }
    return false;
  }

  /**
   * Says from a second session that the first one is alive, which can be busy for hours. A sign of life
   * that fails is found out by {@linkcode confirm}.
   */
  async #beat(): Promise<void> {
    let second: Database | undefined;
    try {
      for (;;) {
        await delay(BEAT_MS, this.#ended.signal);
        try {
          second ??= await this.#database.openAnother();
          await this.#sayAlive(second);
        } catch {
          await second?.[Symbol.asyncDispose]();
          second = undefined;
        }
      }
    } catch {
      await second?.[Symbol.asyncDispose]();
    }
  }

  /** Makes sure that no other run can have taken it over. */
  async confirm(): Promise<void> {
    if (performance.now() - this.#lastBeat < FRESH_MS) return;
    if (await this.#isOurs()) return;
    throw new OperatorError({
      failed:
        `Lost the lock of the cluster: the lease was not renewed for ${EXPIRY_MS / 1000} s, and ` +
        "another run acquired it",
      remedy: "look at its log before you run the command again",
    });
  }

  /** Drops the table, while nobody can take the row over; then it is nobody else's. */
  async release(): Promise<void> {
    this.#ended.abort();
    await this.#beating;
    if (await this.#isOurs()) {
      await this.#database.execute(sql`DROP TABLE ${TABLE}`);
    }
  }
}
