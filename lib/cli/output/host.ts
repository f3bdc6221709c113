/**
 * The surroundings of the program: its streams, variables and home directory.
 *
 * @module
 */
import type { Environment } from "../../config/config_files.ts";
import { OperatorError } from "../../errors.ts";

/** A stream to write to. */
export interface Output {
  /** Width of the terminal; null if it is not a terminal. */
  readonly columns: number | null;
  /** Writes a text as it is. */
  write(text: string): void;
}

/** The origin of a built program. */
export interface Build {
  /** The commit; null if unknown. */
  readonly commit: string | null;
  /** Digest of its migrations and seeds. */
  readonly digest: string;
}

/** The surroundings of one run. */
export interface Host {
  /** Results. */
  readonly stdout: Output;
  /** Log lines and errors. */
  readonly stderr: Output;
  /** Variables of the environment. */
  readonly environment: Environment;
  /** Home directory of the user; null when there is none. */
  readonly home: string | null;
  /** The origin of a built program; missing in a checkout. */
  readonly build?: Build;
}

/** The streams of this process, as Deno has them. */
type Stream = typeof Deno.stdout | typeof Deno.stderr;

function columnsOf(stream: Stream): number | null {
  if (!stream.isTerminal()) return null;
  try {
    return Deno.consoleSize().columns;
  } catch {
    return 80;
  }
}

/** Handles text that cannot be written. */
type Refusal = (error: unknown) => void;

/**
 * A closed pipe is fine, as in `history | head -1`; anything else is an error.
 *
 * @throws {OperatorError} When it is anything else.
 */
function tellUnlessClosed(cause: unknown): void {
  if (cause instanceof Deno.errors.BrokenPipe) return;
  throw new OperatorError({
    failed: "Cannot write to standard output",
    because: (cause as Error).message,
    cause,
  });
}

function output(stream: Stream, refused: Refusal): Output {
  return {
    get columns() {
      return columnsOf(stream);
    },
    write(text) {
      let bytes = new TextEncoder().encode(text);
      try {
        while (bytes.length > 0) bytes = bytes.subarray(stream.writeSync(bytes));
      } catch (error) {
        refused(error);
      }
    },
  };
}

/** The process that this program is. */
export function processHost(): Host {
  return {
    stdout: output(Deno.stdout, tellUnlessClosed),
    // A migration must not stop because standard error is closed.
    stderr: output(Deno.stderr, () => {}),
    environment: Deno.env,
    home: Deno.env.get("HOME") || null,
  };
}
