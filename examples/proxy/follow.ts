import { type EventSourceMessage, EventSourceParserStream } from "eventsource-parser/stream";
import { pauseUnlessAborted } from "../every.ts";

export interface Source {
  readonly url: string;
  /** Where to go on; an empty string for the present. */
  readonly lastId: string;
}

/** What a follower tells: that the line stands, an event, or that the line broke and when it tries again. */
export type FollowedEvent =
  | { readonly kind: "connected" }
  | { readonly kind: "event"; readonly event: EventSourceMessage }
  | { readonly kind: "reconnecting"; readonly inMs: number };

const firstPauseMs = 250;
const longestPauseMs = 10_000;

/**
 * Follows an event stream until the signal fires. After a break it connects again with the last id, at growing distances. It reads
 * no further than it is asked to, so a slow reader slows the server at the other end.
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
  // An upstream that is away, says no or answers something else is tried again, like one that breaks.
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
