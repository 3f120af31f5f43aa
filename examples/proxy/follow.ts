import { type EventSourceMessage, EventSourceParserStream } from "eventsource-parser/stream";
import { pauseUnlessAborted } from "../every.ts";

export interface Source {
  readonly url: string;
  /** The last id received; an empty string starts with new events. */
  readonly lastId: string;
}

/** What happens to a followed stream: it is connected, an event arrives, or the connection is lost and retried. */
export type FollowedEvent =
  | { readonly kind: "connected" }
  | { readonly kind: "event"; readonly event: EventSourceMessage }
  | { readonly kind: "reconnecting"; readonly inMs: number };

const firstPauseMs = 250;
const longestPauseMs = 10_000;

/**
 * Follows an event stream until the signal fires. When the connection drops, it reconnects with the last id after growing delays.
 * It only reads when the next event is requested, so a slow reader slows down the upstream.
 */
export async function* follow(source: Source, signal: AbortSignal): AsyncGenerator<FollowedEvent> {
  let lastId = source.lastId;
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    const events = await connect({ url: source.url, lastId }, signal);
    if (events !== null) {
      yield { kind: "connected" };
      attempt = 0;
      for await (const event of untilBroken(events)) {
        lastId = event.id ?? lastId;
        yield { kind: "event", event };
      }
    }
    if (signal.aborted) return;
    const inMs = Math.min(longestPauseMs, firstPauseMs * 2 ** attempt);
    yield { kind: "reconnecting", inMs };
    await pauseUnlessAborted(inMs, signal);
  }
}

async function connect({ url, lastId }: Source, signal: AbortSignal): Promise<Events | null> {
  const headers = { Accept: "text/event-stream", ...(lastId && { "Last-Event-ID": lastId }) };
  // An upstream that is down, refuses or responds with something else is retried, like one whose connection drops.
  const answer = await fetch(url, { headers, signal }).catch(() => null);
  if (!answer?.ok || !answer.headers.get("content-type")?.startsWith("text/event-stream")) {
    await answer?.body?.cancel();
    return null;
  }
  return answer.body?.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream()) ?? null;
}

type Events = ReadableStream<EventSourceMessage>;

async function* untilBroken(events: Events): AsyncGenerator<EventSourceMessage> {
  const reader = events.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => ({ done: true as const, value: undefined }));
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
