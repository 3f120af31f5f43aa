import { createRequire } from "node:module";
import type { DestinationStream } from "pino";
import { loggedError } from "./error-facts.ts";
import { escapeControls } from "./escape-controls.ts";
import { isRecord } from "./is-record.ts";

const require = createRequire(import.meta.url);

/**
 * A structured logger: facts first, then a message. These are the level methods of pino's logger. An error belongs under `err`, where
 * loggers look for it.
 */
export interface Logger {
  debug(facts: object, text: string): void;
  info(facts: object, text: string): void;
  warn(facts: object, text: string): void;
  error(facts: object, text: string): void;
}

export interface LoggerOptions {
  /** `trace` to `fatal`, or `silent`. Default: `info`. */
  readonly level?: string;
  /** Where the lines are written. Default: standard output. */
  readonly destination?: DestinationStream;
}

const secretPaths = ["password", "token", "secret", "authorization", "cookie", "set-cookie", "authSecret"];

/**
 * A logger that writes one JSON line per entry, with the time in UTC. Errors are written with message, code, stack and causes. Secrets
 * (passwords, tokens, cookies) are redacted, also one level deep. Line breaks and control characters are escaped, so that input can't
 * forge a line or reach the terminal.
 */
export function createLogger(options: LoggerOptions = {}): Logger {
  const settings = {
    level: options.level ?? "info",
    base: undefined,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    redact: { paths: [...secretPaths, ...secretPaths.map((path) => `*["${path}"]`)], censor: "[redacted]" },
    serializers: { err: (error: unknown) => (isDescribed(error) ? error : loggedError(error)) },
    formatters: { log: describeErrors },
    // JSON leaves C1 control characters as they are, among them the 8-bit form of an escape sequence.
    hooks: { streamWrite: (line: string) => `${escapeControls(line.trimEnd())}\n` },
  };
  // Loaded with the first logger, because most CLI commands never log.
  const { pino }: typeof import("pino") = require("pino");
  return options.destination ? pino(settings, options.destination) : pino(settings);
}

/** Errors under other names than `err`, which would be written as `{}`, and an `undefined` that was thrown. */
function describeErrors(facts: Record<string, unknown>): Record<string, unknown> {
  const names = Object.keys(facts).filter((name) =>
    name === "err" ? facts[name] === undefined : facts[name] instanceof Error,
  );
  if (names.length === 0) return facts;
  return { ...facts, ...Object.fromEntries(names.map((name) => [name, loggedError(facts[name])])) };
}

/** Whether it's an object that describes an error, such as what another process has logged. */
function isDescribed(error: unknown): boolean {
  if (!isRecord(error) || error instanceof Error) return false;
  return typeof error.message === "string" || typeof error.stack === "string";
}

/** A logger that discards everything. */
export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };
