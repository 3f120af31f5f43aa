import { inspect } from "node:util";
import { isRecord } from "./is-record.ts";

/** What is logged of an error. */
export interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: LoggedError;
  /** The errors that an `AggregateError` consists of. */
  readonly errors?: readonly LoggedError[];
}

const deepestCause = 4;
const secretName = /pass|secret|token|auth|cookie/i;

/** The `code` of an error, or "" if it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** Why something failed, in the error's own words: its message, or the code or name of an error without one. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return describeThrown(error);
  if (error.message !== "") return error.message;
  return error instanceof AggregateError ? error.errors.map(reasonOf).join("; ") : codeOf(error) || error.name;
}

/** What a log line says about an error and its causes. Anything else that was thrown is described. */
export function loggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: describeThrown(error) };
  const code = codeOf(error);
  const deeper = depth < deepestCause;
  const cause = deeper && error.cause !== undefined ? loggedError(error.cause, depth + 1) : undefined;
  const errors =
    deeper && error instanceof AggregateError ? error.errors.map((each) => loggedError(each, depth + 1)) : undefined;
  return {
    ...{ type: error.name, message: reasonOf(error) },
    ...(code ? { code } : {}),
    ...(error.stack === undefined ? {} : { stack: error.stack }),
    ...(cause ? { cause } : {}),
    ...(errors ? { errors } : {}),
  };
}

/** A thrown value that isn't an `Error`, on one line: text as it is, an object with its properties, but no secrets. */
export function describeThrown(thrown: unknown): string {
  if (typeof thrown === "string") return thrown;
  const options = { customInspect: false, breakLength: Number.POSITIVE_INFINITY, maxStringLength: 500 };
  if (!isPlain(thrown)) return inspect(thrown, { ...options, depth: -1 });
  const entries = Object.entries(thrown);
  const shown = entries.map(([name, value]) => [name, secretName.test(name) ? "[redacted]" : value]);
  return inspect(Object.fromEntries(shown), { ...options, depth: 0 });
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && Object.getPrototypeOf(value) === Object.prototype;
}
