import { randomBytes } from "node:crypto";
import type { Clock } from "../base/index.ts";

/**
 * Creates 36-character job ids that sort in order of creation within a process, and by time across processes. The counter keeps them
 * distinct within a millisecond and when the clock is set back.
 */
export function createJobIds(clock: Clock): () => string {
  let latest = 0;
  let counter = 0;
  return () => {
    const now = clock.now();
    counter = now > latest ? 0 : counter + 1;
    latest = Math.max(latest, now);
    return `${hex(latest, 12)}-${hex(counter, 6)}-${randomBytes(8).toString("hex")}`;
  };
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}
