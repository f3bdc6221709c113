/**
 * The errors that reach an operator. Each message is one sentence, printed without a stack
 * trace: what failed, a colon, why, a semicolon, what to do.
 *
 * @module
 */

/**
 * A failure as an operator is told of it; the message of its error is composed from the first three.
 *
 * @internal
 */
export interface Failure {
  /** What failed, such as `Cannot read /etc/mistral/mistral.conf`. */
  readonly failed: string;
  /** Why. */
  readonly because?: string | null;
  /** What to do: a command to run, or a thing to change. */
  readonly remedy?: string | null;
  /** What had been completed by then, and is kept. */
  readonly done?: string | null;
}

/** The one place that knows how the parts of a message are joined. */
function compose({ failed, because, remedy }: Failure): string {
  return `${failed}${because ? `: ${because}` : ""}${remedy ? `; ${remedy}` : ""}`;
}

/** The same failure, with more words at the end of why. */
export function appended(failure: Failure, words: string): Failure {
  const { failed, because } = failure;
  return because
    ? { ...failure, because: because + words }
    : { ...failure, failed: failed + words };
}

/** An error whose message is for the operator; the program ends with {@linkcode exitCode}. */
export class OperatorError extends Error implements Failure {
  /** The name of the class. */
  override name = "OperatorError";
  /** The exit code of the program that ends with this error. */
  readonly exitCode: number = 1;
  /** What failed. */
  readonly failed: string;
  /** Why; null where that is all that is known. */
  readonly because: string | null;
  /** What to do; null where nobody can say. */
  readonly remedy: string | null;
  /** What had been completed by then, and is kept; null where nothing was, or nobody knows. */
  readonly done: string | null;

  /** Takes the parts of the message, and the error's cause. */
  constructor(failure: Failure & ErrorOptions) {
    super(compose(failure), "cause" in failure ? { cause: failure.cause } : undefined);
    this.failed = failure.failed;
    this.because = failure.because ?? null;
    this.remedy = failure.remedy ?? null;
    this.done = failure.done ?? null;
  }
}

/** The command line itself is wrong: the usage is shown, as argparse does. */
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

/**
 * A refusal whose message is upstream's alone, since deployments match it; why, and what to do, is a
 * sentence of its own.
 */
export class ExplainedError extends RefusedError {
  /** The name of the class. */
  override name = "ExplainedError";
  /** Why, and what to do. */
  readonly explanation: string;

  /** Takes upstream's words as what failed, and the parts of the explanation. */
  constructor(failure: Failure & ErrorOptions) {
    super(failure);
    this.message = failure.failed;
    this.explanation = [failure.because, failure.remedy].filter(Boolean).join("; ");
  }
}

/** A database that cannot be reached or refuses the session. */
export class ConnectionError extends OperatorError {
  /** The name of the class. */
  override name = "ConnectionError";
  /** True if the server may only be starting, so that a retry can succeed. */
  readonly retryable: boolean;

  /** Takes the parts of the message, whether a retry can succeed, and the driver's error as the cause. */
  constructor(failure: Failure & ErrorOptions & { readonly retryable: boolean }) {
    super(failure);
    this.retryable = failure.retryable;
  }
}

/** A statement that the database refused. The message is the server's own, with no value in it. */
export class DatabaseError extends OperatorError {
  /** The name of the class. */
  override name = "DatabaseError";
  /** SQLSTATE on PostgreSQL, error number on MySQL/MariaDB, result code on SQLite. */
  readonly code: string;

  /** Takes the server's message as what failed, its code, and the driver's error as the cause. */
  constructor(failure: Failure & ErrorOptions & { readonly code: string }) {
    super(failure);
    this.code = failure.code;
  }
}
