import type { Context } from "hono";
import { randomToken } from "../../base/index.ts";
import { readPageId } from "../broadcast-message.ts";
import type { BrokerSettings, Identity } from "../broker-options.ts";
import type { SubscriberFacts } from "../delivery/subscribers.ts";

/** What is known about a stream that may be opened: who is behind it, what it listens to, and how long it lives. */
export function describeSubscriber(
  c: Context,
  authorized: { readonly identity: Identity; readonly topics: readonly string[] },
  { clock, clientAddress, maxLifeMs }: Pick<BrokerSettings, "clock" | "clientAddress" | "maxLifeMs">,
): SubscriberFacts {
  const { userId, sessionId, expiresAt = Number.POSITIVE_INFINITY } = authorized.identity;
  const topics = [...authorized.topics];
  if (userId !== undefined) topics.push(`user:${userId}`);
  if (sessionId !== undefined) topics.push(`session:${sessionId}`);
  const lifeMs = maxLifeMs * (0.9 + 0.2 * Math.random());
  return {
    id: randomToken(16),
    pageId: readPageId(c),
    userId,
    address: clientAddress(c),
    topics,
    expiresAt: Math.min(expiresAt, clock.now() + lifeMs),
  };
}
