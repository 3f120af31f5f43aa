import { type EventSourceMessage, EventSourceParserStream } from "eventsource-parser/stream";
import { pauseUnlessAborted } from "../every.ts";
import { formatIdHeader } from "./id-header.ts";

export interface Source {
  readonly url: string;
  /** The last id received; an empty string starts with new events. */
  readonly lastId: string;
}

/** What happens to a followed stream: it is connected, an event arrives, the connection is lost and retried, or the stream has ended. */
export type FollowedEvent =
  | { readonly kind: "connected" }
  | { readonly kind: "event"; readonly event: EventSourceMessage }
  | { readonly kind: "reconnecting"; readonly inMs: number }
  | { readonly kind: "ended" };

const firstPauseMs = 250;
const longestPauseMs = 10_000;

/**
 * Follows an event stream until the signal fires or the upstream has nothing more to say (204). When the connection drops, it reconnects
 * with the last id after growing delays, which start with what the upstream's `retry:` asked for. It only reads when the next event is
 * requested, so a slow reader slows down the upstream.
 */
export async function* follow(source: Source, signal: AbortSignal): AsyncGenerator<FollowedEvent> {
  let lastId = source.lastId;
  let pauseMs = firstPauseMs;
  const onRetry = (ms: number) => {
    pauseMs = ms;
  };
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    const answer = await request({ url: source.url, lastId }, signal);
    if (answer?.status === 204) return yield { kind: "ended" };
    const events = await eventsOf(answer, onRetry);
    if (events !== null) {
      yield { kind: "connected" };
      attempt = 0;
      for await (const event of untilBroken(events)) {
        lastId = event.id ?? lastId;
        yield { kind: "event", event };
      }
    }
    if (signal.aborted) return;
    const inMs = Math.min(longestPauseMs, pauseMs * 2 ** attempt);
    yield { kind: "reconnecting", inMs };
    await pauseUnlessAborted(inMs, signal);
  }
}

/** Null if the upstream is down. */
function request({ url, lastId }: Source, signal: AbortSignal): Promise<Response | null> {
  const headers = { Accept: "text/event-stream", ...(lastId && { "Last-Event-ID": formatIdHeader(lastId) }) };
  return fetch(url, { headers, signal }).catch(() => null);
}

/** An upstream that refuses or responds with something else is retried, like one whose connection drops. */
async function eventsOf(answer: Response | null, onRetry: (ms: number) => void): Promise<Events | null> {
  if (!answer?.ok || !/^text\/event-stream\b/i.test(answer.headers.get("content-type") ?? "")) {
    await answer?.body?.cancel();
    return null;
  }
  const parser = new EventSourceParserStream({ onRetry });
  return answer.body?.pipeThrough(new TextDecoderStream()).pipeThrough(parser) ?? null;
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
