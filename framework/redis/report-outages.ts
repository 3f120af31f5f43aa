import type { Redis } from "ioredis";
import type { Logger } from "../base/index.ts";

export interface OutageTexts {
  readonly away: string;
  readonly back: string;
}

/** Logs when the connection is lost and when it is back: once an outage, not once an attempt. */
export function reportOutages(client: Redis, log: Logger, { away, back }: OutageTexts): void {
  let awaySince: number | undefined;
  let reason: Error | undefined;
  client.on("error", (error) => {
    reason = error;
  });
  client.on("reconnecting", () => {
    if (awaySince !== undefined) return;
    awaySince = performance.now();
    log.error(reason ? { err: reason } : {}, away);
  });
  client.on("ready", () => {
    reason = undefined;
    if (awaySince === undefined) return;
    log.info({ awayMs: Math.round(performance.now() - awaySince) }, back);
    awaySince = undefined;
  });
}
