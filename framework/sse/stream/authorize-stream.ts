import type { Context } from "hono";
import { localPathOf } from "../../base/index.ts";
import { formatCloseEvent, readHtmxRequest } from "../../html/index.ts";
import { isCrossSite } from "../../secure/index.ts";
import type { ControlMessage } from "../backplane/backplane.ts";
import type { BrokerSettings, Identity } from "../broker-options.ts";
import { streamHeaders } from "../connection/stream-headers.ts";
import { isReservedTopic, isTopic } from "../delivery/subscribers.ts";
import type { EventId } from "../event/wire-format.ts";
import type { ExceededLimit } from "./connection-limits.ts";
import { newestOf, readAskedRegions } from "./region-feed.ts";

/** Who was refused what, and why. */
interface RefusedContent {
  readonly identity: Identity;
  /** Undefined for a live region. */
  readonly topic?: string;
  readonly why: string;
}

/** The response that refuses a stream, and why. */
export interface StreamRefusal {
  readonly ok: false;
  readonly reason: string;
  readonly response: Response;
  /** If it was a topic or a live region that was refused. */
  readonly refused?: RefusedContent;
}

/** Who opens a stream and what for, or why not. */
export type StreamAuthorization =
  | {
      readonly ok: true;
      readonly identity: Identity;
      readonly topics: readonly string[];
      /** What the feed of regions grants; undefined for a page without any. */
      readonly regions?: unknown;
      readonly newestRegion: EventId | null;
      /** Whether the page shows something that the app no longer has. */
      readonly isOutdated: boolean;
    }
  | StreamRefusal;

const retryAfterSeconds = "5";

/** Checks a request for a stream, cheap checks first. Does not count it toward the limits yet. */
export async function authorizeStream(c: Context, settings: BrokerSettings): Promise<StreamAuthorization> {
  if (isCrossSite(c)) return refuse("another site", c.text("Forbidden", 403));
  const topics = [...new Set(c.req.queries("topic") ?? [])];
  if (topics.length > settings.limits.topics) return refuse("too many topics", limitResponse(c, 429));
  if (!topics.every(isTopic)) return refuse("malformed topic", c.text("Bad topic", 400));
  const asked = readAskedRegions(c);
  if (asked === null) return refuse("malformed region", c.text("Bad region", 400));
  if (asked.length > settings.limits.topics) return refuse("too many regions", limitResponse(c, 429));
  const identity = await settings.identify(c);
  if (identity === null) return refuse("not logged in", loginResponse(c, settings));
  for (const topic of topics) {
    const why = await refusalOf(c, topic, settings);
    if (why !== null) {
      const response = forbidden(c, settings, `the topic ${JSON.stringify(topic)} was refused: ${why}`);
      return { ok: false, reason: "topic", response, refused: { identity, topic, why } };
    }
  }
  const found = { ok: true, identity, topics, newestRegion: newestOf(asked), isOutdated: false } as const;
  if (asked.length === 0) return found;
  const answer = (await settings.regions?.authorize(c, asked)) ?? { refused: "this app has no live regions" };
  if ("isOutdated" in answer) return { ...found, isOutdated: true };
  if ("granted" in answer) return { ...found, regions: answer.granted };
  const why = answer.refused;
  const response = forbidden(c, settings, `a live region was refused: ${why}`);
  return { ok: false, reason: "region", response, refused: { identity, why } };
}

/** When a limit is reached: 503 for the whole process, 429 for one client; with `Retry-After`. */
export function limitRefusal(c: Context, reason: "closing" | ExceededLimit): StreamRefusal {
  return refuse(reason, limitResponse(c, reason === "closing" || reason === "connections" ? 503 : 429));
}

function limitResponse(c: Context, status: 429 | 503): Response {
  return c.body(null, status, { "Retry-After": retryAfterSeconds });
}

/**
 * An event stream that only says that it is over. After any other response htmx reconnects. A standard EventSource, which knows nothing of
 * `bk:close`, gets 204 instead when it reconnects: the one response after which it stops.
 */
export function closeResponse(c: Context, settings: BrokerSettings, reason: string): Response {
  if (isReconnect(c) && !readHtmxRequest(c).isHtmx) return c.body(null, 204);
  return c.body(closeEventFor(reason, settings), 200, streamHeaders(settings.headers(c), false));
}

/** `bk:close` with the page to go to: the login page, unless the stream was only refused a topic. */
export function closeEventFor(reason: string, { loginPath }: Pick<BrokerSettings, "loginPath">): string {
  return formatCloseEvent({ reason, path: reason === "forbidden" ? undefined : loginPath });
}

/** When the session of a stream ended, or its permissions changed, while it was being authorized. */
export function supersededRefusal(c: Context, settings: BrokerSettings, command: ControlMessage): StreamRefusal {
  const isOver = command.action === "disconnect";
  return refuse("superseded", isOver ? closeResponse(c, settings, command.reason) : limitResponse(c, 503));
}

/** htmx sends the header from its second connect on, because the first event of each stream has an id. */
function isReconnect(c: Context): boolean {
  return c.req.header("last-event-id") !== undefined;
}

function refuse(reason: string, response: Response): StreamRefusal {
  return { ok: false, reason, response };
}

/** In development with the reason, which production keeps in its log. */
function forbidden(c: Context, settings: BrokerSettings, explanation: string): Response {
  if (isReconnect(c)) return closeResponse(c, settings, "forbidden");
  const details = settings.dev ? `: ${explanation}.` : "";
  return c.text(`Forbidden${details}`, 403);
}

/** Why a topic is refused; null if it is granted. */
async function refusalOf(c: Context, topic: string, settings: BrokerSettings): Promise<string | null> {
  const { authorizeTopic, explainRefusal, log } = settings;
  if (isReservedTopic(topic)) return "the broker assigns this topic itself";
  if (authorizeTopic === null) return "authorizeTopic is not set";
  try {
    return (await authorizeTopic(c, topic)) === true ? null : explainRefusal(topic);
  } catch (error) {
    log.error({ err: error, topic }, "checking who may listen to a topic failed");
    return "checking it failed";
  }
}

/** On the first connect htmx follows `HX-Redirect`; on a reconnect it ignores headers, so the stream has to tell it. */
function loginResponse(c: Context, settings: BrokerSettings): Response {
  if (isReconnect(c)) return closeResponse(c, settings, "expired");
  const { loginPath } = settings;
  const next = localPathOf(c.req.header("hx-current-url"));
  return c.body(null, 401, { "HX-Redirect": next ? `${loginPath}?next=${encodeURIComponent(next)}` : loginPath });
}
