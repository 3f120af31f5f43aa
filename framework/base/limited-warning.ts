import type { Logger } from "./log.ts";

export interface LimitedWarningOptions {
  readonly log: Logger;
  /** How often a kind is logged at most. Default: 60,000. */
  readonly everyMs?: number;
  /** Default: `warn`. */
  readonly level?: "info" | "warn";
  /** Milliseconds that only grow. Default: the process's own. */
  readonly now?: () => number;
}

/**
 * Warns about what strangers can cause as often as they like: each kind at most once a minute, with the number of warnings left out since
 * its last line as `more`. Kinds come from the code, never from a request, so there are only a few.
 */
export type LimitedWarning = (kind: string, facts: object, text: string) => void;

export function limitedWarning(options: LimitedWarningOptions): LimitedWarning {
  const { log, level = "warn", everyMs = 60_000, now = () => performance.now() } = options;
  const logged = new Map<string, { at: number; more: number }>();
  return (kind, facts, text) => {
    const last = logged.get(kind);
    if (last && now() - last.at < everyMs) {
      last.more += 1;
      return;
    }
    logged.set(kind, { at: now(), more: 0 });
    log[level](last?.more ? { ...facts, more: last.more } : facts, text);
  };
}
