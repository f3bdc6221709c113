/**
 * Sessions that behave as a test wants them to.
 *
 * @module
 */
import type { Database } from "../../lib/servers/database.ts";

/** A session of which a part is another one's. */
export function sessionWith(session: Database, own: Partial<Database>): Database {
  return {
    server: session.server,
    isPooled: session.isPooled,
    query: (statement) => session.query(statement),
    execute: (statement) => session.execute(statement),
    openAnother: () => session.openAnother(),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
    ...own,
  };
}
