import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import type { BroadcastRequest } from "./broadcast-request.ts";

/** Publishes one event; a returned promise is awaited, as an application would. */
export type Publish = (data: string) => unknown;

/**
 * Broadcasts in bursts at their due times. Two turns of the event loop follow each burst, so that a server that batches what is
 * published within one turn has sent it before the next burst. A server may batch longer by its own decision.
 */
export async function drive(request: BroadcastRequest, publish: Publish): Promise<void> {
  const start = process.hrtime.bigint();
  for (let sent = 0; sent < request.events; ) {
    if (request.rate > 0) await untilDue(start, sent / request.rate);
    for (const end = Math.min(request.events, sent + request.burst); sent < end; sent++) {
      void publish(stampedFragment(sent, request.size));
    }
    await nextTurn();
    await nextTurn();
  }
}

/** An HTML fragment of `size` bytes, stamped with the monotonic clock that all processes of a machine share. */
export function stampedFragment(index: number, size: number): string {
  const opening = `t=${process.hrtime.bigint()};<div id="row-${index}" class="row">`;
  return `${opening}${padding(size - opening.length - closing.length)}${closing}`;
}

const closing = "</div>";

function padding(length: number): string {
  return length > 0 ? "x".repeat(length) : "";
}

async function untilDue(start: bigint, seconds: number): Promise<void> {
  const waitMs = seconds * 1000 - Number(process.hrtime.bigint() - start) / 1e6;
  if (waitMs > 0) await sleep(Math.max(1, Math.floor(waitMs)));
}
