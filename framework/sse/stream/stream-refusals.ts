import type { Context } from "hono";
import { type LimitedWarning, limitedWarning } from "../../base/index.ts";
import { noteRefusal } from "../../secure/index.ts";
import type { BrokerSettings } from "../broker-options.ts";
import type { BrokerCounters } from "../delivery/stats.ts";
import type { StreamRefusal } from "./authorize-stream.ts";

/**
 * Counts the streams that are refused, and logs each reason once a minute, because anyone can ask as often as they like; in development
 * each of them.
 */
export class StreamRefusals {
  readonly #counters: BrokerCounters;
  readonly #warn: LimitedWarning;
  readonly #inform: LimitedWarning;

  constructor({ log, dev }: Pick<BrokerSettings, "log" | "dev">, counters: BrokerCounters) {
    const everyMs = dev ? 0 : undefined;
    this.#counters = counters;
    this.#warn = limitedWarning({ log, everyMs });
    this.#inform = limitedWarning({ log, everyMs, level: "info" });
  }

  /** Returns the response that refuses the stream. */
  add(c: Context, { reason, response, refused }: StreamRefusal): Response {
    this.#counters.refused += 1;
    noteRefusal(c, "logged");
    const { status } = response;
    if (refused) {
      const { topic, identity, why } = refused;
      const facts = { ...(topic === undefined ? {} : { topic }), userId: identity.userId, reason: why, status };
      this.#warn(reason, facts, topic === undefined ? "a live region was refused" : "a topic was refused");
    } else {
      this.#inform(reason, { reason, status }, "a stream was refused");
    }
    return response;
  }
}
