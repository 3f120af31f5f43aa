import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import type { Order } from "./order.ts";

/** Publishes one event; what it returns is awaited where it is a promise, as an application would. */
export type Publish = (data: string) => unknown;

/**
 * Carries out an order: bursts at their time. Two turns of the event loop follow each, so that a server which gathers what
 * is published within one turn has sent it before the next burst. A server that gathers longer does so by its own decision.
 */
export async function drive(order: Order, publish: Publish): Promise<void> {
  const start = process.hrtime.bigint();
  for (let sent = 0; sent < order.events; ) {
    if (order.rate > 0) await untilDue(start, sent / order.rate);
    for (const end = Math.min(order.events, sent + order.burst); sent < end; sent++) {
      void publish(stampedFragment(sent, order.size));
    }
    await nextTurn();
    await nextTurn();
  }
}

/** An HTML fragment of `size` bytes that tells when it was made, on the clock that all processes of a machine share. */
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
