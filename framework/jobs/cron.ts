import { createRequire } from "node:module";
import { cronInvalid } from "./errors.ts";

const require = createRequire(import.meta.url);

export interface CronRule {
  /** Five fields as in crontab, or six with seconds first. */
  readonly cron: string;
  /** An IANA time zone such as `Europe/Berlin`. */
  readonly timeZone: string;
}

// Minute, hour and weekday are plain numbers, so the rule is always valid.
const plainRule = /^(?:\*|[0-5]?\d) (?:\*|1?\d|2[0-3]) \* \* (?:\*|[0-7])$/;

/** Throws `JOBS_CRON_INVALID` for an invalid rule. Accepts a simple rule without loading the parser. */
export function checkCron(rule: CronRule, now: number): void {
  if (rule.timeZone !== "UTC" || !plainRule.test(rule.cron)) nextRun(rule, now);
}

/** The first run after `after`, in milliseconds. Throws `JOBS_CRON_INVALID`. */
export function nextRun(rule: CronRule, after: number): number {
  return parse(rule, after).next().getTime();
}

/** The last run before `before`, in milliseconds. */
export function previousRun(rule: CronRule, before: number): number {
  return parse(rule, before).prev().getTime();
}

function parse(rule: CronRule, currentDate: number) {
  // Loaded only when a rule needs it, because its time zones take a tenth of the startup time.
  const { CronExpressionParser }: typeof import("cron-parser") = require("cron-parser");
  try {
    return CronExpressionParser.parse(rule.cron, { currentDate, tz: rule.timeZone });
  } catch (cause) {
    throw cronInvalid({ ...rule, cause });
  }
}
