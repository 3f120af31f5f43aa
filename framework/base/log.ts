import { createRequire } from "node:module";
import type { DestinationStream } from "pino";

const require = createRequire(import.meta.url);

/** A structured logger: facts first, then a message. These are the level methods of pino's logger. */
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
 * A logger that writes one JSON line per entry, with the time in UTC. Secrets (passwords, tokens, cookies) are redacted, also one level
 * deep. JSON escapes line breaks and control characters, so that input can't forge a line.
 */
export function createLogger(options: LoggerOptions = {}): Logger {
  const settings = {
    level: options.level ?? "info",
    base: undefined,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    redact: { paths: [...secretPaths, ...secretPaths.map((path) => `*["${path}"]`)], censor: "[redacted]" },
  };
  // Loaded with the first logger, because most CLI commands never log.
  const { pino }: typeof import("pino") = require("pino");
  return options.destination ? pino(settings, options.destination) : pino(settings);
}

/** A logger that discards everything. */
export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };
