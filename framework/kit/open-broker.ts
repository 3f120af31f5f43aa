import { type Auth, sessionCookie } from "../auth/index.ts";
import type { Clock, Logger } from "../base/index.ts";
import { afterCommit } from "../db/index.ts";
import { clientAddress, createProxyTrust, readCookie, securityHeaders } from "../secure/index.ts";
import { type Broker, createBroker } from "../sse/index.ts";
import type { Config } from "./config.ts";
import { redisKeys } from "./redis-keys.ts";
import { headerOptions } from "./secure-config.ts";

export interface OpenBrokerOptions {
  readonly config: Config;
  readonly log: Logger;
  readonly clock: Clock;
}

/**
 * The broker, told by `auth` who is behind a stream. Its streams carry the security headers themselves, for middleware cannot reach
 * them. Who comes with the cookie of a session that is over gets no stream but the way to the login page; without one, a visitor's.
 */
export function openBroker({ config, log, clock }: OpenBrokerOptions): Broker {
  const headers = securityHeaders(headerOptions(config));
  const trust = createProxyTrust(config.trustProxy);
  return createBroker({
    ...config.sse,
    log,
    clock,
    dev: config.dev ?? false,
    redisUrl: config.redisUrl,
    redisKey: redisKeys(config).events,
    afterCommit,
    headers: () => headers,
    clientAddress: (c) => clientAddress(c, trust),
    identify: (c) => {
      if (config.auth === false) return {};
      const { user, session } = c.var;
      if (!user || !session) return readCookie(c, sessionCookie, !config.dev) ? null : {};
      return { userId: user.id, sessionId: session.id, expiresAt: session.absoluteExpiresAt };
    },
  });
}

/** When a session ends, its streams do too, on every node. One that goes on under a new id has them come back under it. */
export function endStreamsWithSessions(auth: Auth, broker: Broker): void {
  auth.onSessionEnd(async ({ sessionId, reason }) => {
    const selector = { session: sessionId };
    await (reason === "rotated" ? broker.reauthorize(selector) : broker.disconnect(selector, reason));
  });
}
