/**
 * What the program has around it: its streams, variables and home directory.
 *
 * @module
 */
import type { Environment } from "../../config/config_files.ts";

/** A stream to write to. */
export interface Output {
  /** Width of the terminal that it is; null when it is none. */
  readonly columns: number | null;
  /** Writes a text as it is. */
  write(text: string): void;
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

function output(stream: Stream): Output {
  return {
    get columns() {
      return columnsOf(stream);
    },
    write(text) {
      let bytes = new TextEncoder().encode(text);
      try {
        while (bytes.length > 0) bytes = bytes.subarray(stream.writeSync(bytes));
      } catch (error) {
        // Whoever reads has seen enough, as in `history | head -1`.
        if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
      }
    },
  };
}

/** The process that this program is. */
export function processHost(): Host {
  return {
    stdout: output(Deno.stdout),
    stderr: output(Deno.stderr),
    environment: Deno.env,
    home: Deno.env.get("HOME") || null,
  };
}
