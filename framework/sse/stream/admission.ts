import type { Context } from "hono";
import { type Logger, localPathOf } from "../../base/index.ts";
import { isCrossSite } from "../../secure/index.ts";
import type { ControlMessage } from "../backplane/backplane.ts";
import type { BrokerLimits, BrokerOptions, Identity } from "../broker-options.ts";
import { streamHeaders } from "../connection/stream-headers.ts";
import { isOwnTopic, isTopic } from "../topic.ts";
import type { LimitBroken } from "./connection-limits.ts";
import { formatClose } from "./stream-ending.ts";

/** Whether a request may open a stream, and as what. */
export type Admission =
  | { readonly ok: true; readonly identity: Identity; readonly topics: readonly string[] }
  | { readonly ok: false; readonly reason: string; readonly response: Response };

export interface AdmissionRules {
  readonly options: BrokerOptions;
  readonly limits: BrokerLimits;
  readonly log: Logger;
}

const retryAfterSeconds = "5";

/** Checks a request for a stream, cheap checks first; takes no place. */
export async function admit(c: Context, rules: AdmissionRules): Promise<Admission> {
  if (isCrossSite(c)) return refuse("another site", c.text("Forbidden", 403));
  const topics = [...new Set(c.req.queries("topic") ?? [])];
  if (topics.length > rules.limits.topics) return refuse("too many topics", limitAnswer(c, 429));
  if (!topics.every(isTopic)) return refuse("malformed topic", c.text("Bad topic", 400));
  const identity = rules.options.identify ? await rules.options.identify(c) : {};
  if (identity === null) return refuse("nobody is logged in", anonymousAnswer(c, rules.options));
  for (const topic of topics) {
    const reason = await whyNot(c, topic, rules);
    if (reason !== null) {
      rules.log.warn({ topic, userId: identity.userId, reason }, "a topic was refused");
      return refuse("topic", isReconnect(c) ? closeAnswer(c, rules.options, "forbidden") : c.text("Forbidden", 403));
    }
  }
  return { ok: true, identity, topics };
}

/** The answer when a bound is reached: 503 for the whole process, 429 for one client; with `Retry-After`. */
export function limitAnswer(c: Context, broken: LimitBroken | 429 | 503): Response {
  const status = broken === "connections" || broken === 503 ? 503 : 429;
  return c.body(null, status, { "Retry-After": retryAfterSeconds });
}

/**
 * An event stream that says no more than that it is over. Clients reconnect after anything else, some without a pause.
 */
export function closeAnswer(c: Context, options: BrokerOptions, reason: string): Response {
  const headers = streamHeaders(options.headers?.(c), false);
  return c.body(formatClose(reason, options), 200, headers);
}

/** The answer to a stream whose session ended, or whose rights changed, while it was being authorised. */
export function overtakenAnswer(c: Context, options: BrokerOptions, order: ControlMessage): Response {
  return order.action === "disconnect" ? closeAnswer(c, options, order.reason) : limitAnswer(c, 503);
}

/** htmx sends the header from its second connect on, for the first event of each stream has an id. */
export function isReconnect(c: Context): boolean {
  return c.req.header("last-event-id") !== undefined;
}

function refuse(reason: string, response: Response): Admission {
  return { ok: false, reason, response };
}

async function whyNot(c: Context, topic: string, { options, log }: AdmissionRules): Promise<string | null> {
  if (isOwnTopic(topic)) return "the broker gives this topic itself";
  if (options.authorizeTopic === undefined) return "no authorizeTopic is set";
  try {
    return (await options.authorizeTopic(c, topic)) === true ? null : "authorizeTopic said no";
  } catch (error) {
    log.error({ err: error, topic }, "authorizeTopic failed");
    return "authorizeTopic failed";
  }
}

/** Nobody is logged in: htmx navigates on the first connect and ignores headers on a reconnect. */
function anonymousAnswer(c: Context, options: BrokerOptions): Response {
  if (isReconnect(c)) return closeAnswer(c, options, "expired");
  const next = localPathOf(c.req.header("hx-current-url"));
  const login = options.loginPath ?? "/login";
  return c.body(null, 401, { "HX-Redirect": next ? `${login}?next=${encodeURIComponent(next)}` : login });
}
