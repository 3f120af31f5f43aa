export { type AppFileFilter, createAppFileFilter } from "./app-file-filter.ts";
export { type Clock, systemClock } from "./clock.ts";
export { codeFolder } from "./code-folder.ts";
export {
  type ConformanceCheck,
  type ConformanceRule,
  type ConformanceSubject,
  createChecks,
  type OpenSubject,
} from "./conformance.ts";
export { createFolder } from "./create-folder.ts";
export { codeOf, describeThrown, type LoggedError, loggedError, reasonOf } from "./error-facts.ts";
export { KitError, type KitErrorFacts } from "./errors.ts";
export { escapeControls } from "./escape-controls.ts";
export { formatBytes, formatTime } from "./format-time.ts";
export { createId, hashToken, randomToken } from "./ids.ts";
export { isRecord } from "./is-record.ts";
export { isSameSecret } from "./is-same-secret.ts";
export { type LimitedWarning, type LimitedWarningOptions, limitedWarning } from "./limited-warning.ts";
export { defaultHost, defaultPort } from "./listen-address.ts";
export { localPathOf, parseLocalPath } from "./local-path.ts";
export { createLogger, type Logger, type LoggerOptions, silentLogger } from "./log.ts";
export { readableLines } from "./readable-log.ts";
export type { StandardIssue, StandardResult, StandardSchema } from "./standard-schema.ts";
export { version } from "./version.ts";
export { WatchedTree, type WatchedTreeOptions } from "./watched-tree.ts";
