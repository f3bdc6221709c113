/**
 * What the private servers have in common.
 *
 * @module
 */

import type { RunningServer } from "./process.ts";

/** The user of the private servers, who may do everything there. */
export const USER = "mistral";

/** That user's password. */
export const PASSWORD = "tell-nobody";

/** What a private server is for. */
export interface ServerOptions {
  /**
   * Whether it keeps its data safe as servers do unless told otherwise, and has room for big tables:
   * for measurements. The tests' servers are quick and small instead.
   */
  readonly durable?: boolean;
  /** Megabytes of a disk of its own; none unless given. Only root can make one. */
  readonly diskMegabytes?: number;
  /** What its command line has besides. */
  readonly more?: readonly string[];
}

/** A running server that nobody else uses; disposing ends it. */
export interface PrivateServer extends RunningServer {
  /** The URL of a database of the server, for a user who may do everything there. */
  readonly url: string;
  /** Its directory, on its own disk if it has one. */
  readonly directory: string;
  /** Environment variables by which the tests find it. */
  readonly environment: Readonly<Record<string, string>>;
}
