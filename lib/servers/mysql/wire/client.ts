/**
 * The npm package `mysql2` on a session that is open already.
 *
 * It does not log in and never gets the password: it is shown a greeting and told that it is welcome,
 * and what it answers is thrown away.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import mysql from "mysql2";
import { COLLATION, NONCE_LENGTH, writeGreeting } from "./greeting.ts";
import type { LoggedIn } from "./login.ts";
import { packet } from "./packets.ts";

/** How many prepared statements the server keeps for a session. */
const PREPARED_STATEMENTS = 16;

/** No rows, no identifier; the session commits by itself. */
const OK = Buffer.of(0, 0, 0, 2, 0, 0, 0);

/** The parts of the package's connection that its type declarations lack. */
interface Internals {
  readonly packetParser: { execute(bytes: Uint8Array): void };
  write?: (bytes: Uint8Array) => void;
}

/** A client of the package for an open session. */
export function createClient({ stream, greeting }: LoggedIn): mysql.Connection {
  const client = mysql.createConnection({
    stream,
    charsetNumber: COLLATION,
    // Without IGNORE_SPACE, which would put a word into sql_mode, and without LOAD DATA LOCAL.
    flags: ["FOUND_ROWS", "-IGNORE_SPACE", "-LOCAL_FILES"],
    ...{ supportBigNumbers: true, dateStrings: true, jsonStrings: true, disableEval: true },
    // The caller limits the time to connect.
    ...{ connectTimeout: 0, maxPreparedStatements: PREPARED_STATEMENTS },
  });
  // Later on this event needs no handler: the failing statement reports the same error.
  client.on("error", () => {});
  welcome(client as unknown as Internals, greeting);
  stream.resume();
  return client;
}

/** Lets the package believe that it has logged in. */
function welcome(internals: Internals, greeting: LoggedIn["greeting"]): void {
  internals.write = () => {};
  const harmless = {
    ...greeting,
    nonce: Buffer.alloc(NONCE_LENGTH),
    method: "mysql_native_password",
  };
  internals.packetParser.execute(packet(0, writeGreeting(harmless)));
  internals.packetParser.execute(packet(2, OK));
  // The package's own function comes to light again.
  delete internals.write;
}
