import { createRequire } from "node:module";
import type { DestinationStream } from "pino";

const require = createRequire(import.meta.url);

/** Structured logging: facts first, then the sentence. The level methods of pino's logger. */
export interface Logger {
  debug(facts: object, text: string): void;
  info(facts: object, text: string): void;
  warn(facts: object, text: string): void;
  error(facts: object, text: string): void;
}

export interface LoggerOptions {
  /** `trace` … `fatal` or `silent`; `info` unless given. */
  readonly level?: string;
  /** Where lines go; standard output unless given. */
  readonly destination?: DestinationStream;
}

const secretPaths = ["password", "token", "secret", "authorization", "cookie", "set-cookie", "authSecret"];

/**
 * A logger that writes one JSON line an entry, time in UTC. Secrets (passwords, tokens, cookies) are replaced before they are
 * written, one level deep too; JSON escapes line breaks and control characters, so that no input can forge a line.
 */
export function createLogger(options: LoggerOptions = {}): Logger {
  const settings = {
    level: options.level ?? "info",
    base: undefined,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    redact: { paths: [...secretPaths, ...secretPaths.map((path) => `*["${path}"]`)], censor: "[redacted]" },
  };
  // Loaded with the first logger: most commands of the command line write none.
  const { pino }: typeof import("pino") = require("pino");
  return options.destination ? pino(settings, options.destination) : pino(settings);
}

/** A logger that says nothing. */
export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };
