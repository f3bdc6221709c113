/**
 * The errors that reach an operator. Each message is one sentence, printed without a stack
 * trace: what failed, a colon, why, what to do.
 *
 * @module
 */

/** What an error can say besides its message. */
export interface OperatorErrorOptions extends ErrorOptions {
  /** What was done and stays. */
  readonly done?: string | null;
  /** What to do, where the end of the message is something else. */
  readonly remedy?: string;
}

/** What follows the last semicolon of a sentence: by the rule of messages, what to do. */
function lastClause(message: string): string | null {
  const [sentence] = message.split("\n", 1);
  const at = sentence!.lastIndexOf("; ");
  return at < 0 ? null : sentence!.slice(at + 2);
}

/** An error whose message is for the operator; the program ends with {@linkcode exitCode}. */
export class OperatorError extends Error {
  /** The name of the class. */
  override name = "OperatorError";
  /** The exit code of the program that ends with this error. */
  readonly exitCode: number = 1;
  /** What was done and stays; null where nothing was, or nobody knows. */
  readonly done: string | null;
  /** What to do; null where nobody can say. */
  readonly remedy: string | null;

  /** Takes the message, its cause, and what programs are told apart from the message. */
  constructor(message: string, { done = null, remedy, ...options }: OperatorErrorOptions = {}) {
    super(message, options);
    this.done = done;
    this.remedy = remedy ?? lastClause(message);
  }
}

/** The command line itself is wrong: the usage is shown, as argparse does, and the exit code is 2. */
export class UsageError extends OperatorError {
  /** The name of the class. */
  override name = "UsageError";
  /** 2, as argparse has it. */
  override readonly exitCode: number = 2;
}

/**
 * A command that was understood and refused, as Alembic's CommandError: `FAILED: <message>` goes to
 * stdout, the same sentence to stderr, and the exit code is 255.
 */
export class RefusedError extends OperatorError {
  /** The name of the class. */
  override name = "RefusedError";
  /** 255, as Alembic has it. */
  override readonly exitCode: number = 255;
}

/** A database that cannot be reached or refuses the session. */
export class ConnectionError extends OperatorError {
  /** The name of the class. */
  override name = "ConnectionError";
  /** True if the server may only be starting, so that a retry can succeed. */
  readonly retryable: boolean;

  /** Takes the message, whether a retry can succeed, and the driver's error as the cause. */
  constructor(message: string, options: ErrorOptions & { retryable: boolean }) {
    super(message, options);
    this.retryable = options.retryable;
  }
}

/** A statement that the database refused. The message is the server's own, with no value in it. */
export class DatabaseError extends OperatorError {
  /** The name of the class. */
  override name = "DatabaseError";
  /** SQLSTATE on PostgreSQL, error number on MySQL/MariaDB, result code on SQLite. */
  readonly code: string;

  /** Takes the server's message, its code, and the driver's error as the cause. */
  constructor(message: string, options: ErrorOptions & { code: string }) {
    super(message, options);
    this.code = options.code;
  }
}
