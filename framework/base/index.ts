export { type Clock, systemClock } from "./clock.ts";
export { codeFolder } from "./code-folder.ts";
export { KitError, type KitErrorFacts } from "./errors.ts";
export { formatBytes, formatTime } from "./format-time.ts";
export { createId, hashToken, randomToken } from "./ids.ts";
export { createLogger, type Logger, type LoggerOptions, silentLogger } from "./log.ts";
export type { StandardIssue, StandardResult, StandardSchema } from "./standard-schema.ts";
export { version } from "./version.ts";
