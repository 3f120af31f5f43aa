import { type Auth, sessionCookie } from "../../auth/index.ts";
import { afterCommit } from "../../db/index.ts";
import { clientAddress, createProxyTrust, readCookie, type Signer, securityHeaders } from "../../secure/index.ts";
import { type Broker, createBroker, type RegionFeed } from "../../sse/index.ts";
import type { Settings } from "../settings/resolve-config.ts";
import { createTopicDirectory } from "../topics/topic-directory.ts";

type BrokerSlice = Pick<
  Settings,
  "sse" | "parts" | "redisUrl" | "auth" | "secure" | "secureCookies" | "trustProxy" | "dev" | "log" | "clock"
> & { readonly regions?: RegionFeed };

/**
 * The broker, which learns from `auth` who is behind a stream, and from the parts who may listen to what. `sse.authorizeTopic` decides
 * about topics that no part declares. Its streams set the security headers themselves, because middleware cannot
 * reach them. A client with the cookie of an ended session gets no stream: its page must go to the login page. A client without a cookie
 * is a visitor.
 */
export function openBroker(settings: BrokerSlice, signer: Signer): Broker {
  const { sse, redisUrl, auth, secure, secureCookies, dev, log, clock, regions } = settings;
  const headers = securityHeaders(secure.headers);
  const trust = createProxyTrust(settings.trustProxy);
  const topics = createTopicDirectory(settings.parts);
  return createBroker({
    ...sse,
    ...{ redisUrl, dev, log, clock, afterCommit, signer, regions },
    authorizeTopic: (c, topic) => topics.decide(c, topic) ?? sse.authorizeTopic?.(c, topic) ?? false,
    explainRefusal: topics.explain,
    // With a rule for all other topics, any of them may have listeners.
    warnAboutTopic: sse.authorizeTopic ? () => undefined : topics.warn,
    headers: () => headers,
    clientAddress: (c) => clientAddress(c, trust),
    identify: (c) => {
      if (!auth.isEnabled) return {};
      const { user, session } = c.var;
      if (!user || !session) return readCookie(c, sessionCookie, secureCookies) ? null : {};
      return { userId: user.id, sessionId: session.id, expiresAt: session.expiresAt };
    },
  });
}

/** Ends a session's streams with the session, on every node. After its id changed, they reconnect under the new one. */
export function endStreamsWithSessions(auth: Auth, broker: Broker): void {
  auth.onSessionEnd(async ({ sessionId, reason }) => {
    const selector = { session: sessionId };
    await (reason === "rotated" ? broker.reauthorize(selector) : broker.disconnect(selector, reason));
  });
}
