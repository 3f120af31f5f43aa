import { KitError } from "../base/index.ts";

/** For a value that would break out of its line in the wire format. */
export function fieldNotSendable(facts: { readonly field: string; readonly value: string }): KitError {
  return new KitError({
    code: "SSE_FIELD_NOT_SENDABLE",
    message: `The ${facts.field} of an event cannot contain NUL or line breaks, but got ${JSON.stringify(facts.value.slice(0, 80))}.`,
    hint: `Put free text in data; ${facts.field} is for short names.`,
  });
}

export function retryNotSendable(facts: { readonly value: unknown }): KitError {
  return new KitError({
    code: "SSE_RETRY_NOT_SENDABLE",
    message: `The retry time of an event must be a whole number of milliseconds, 0 or more, but got ${JSON.stringify(facts.value)}.`,
  });
}

export function streamAlreadyStarted(facts: { readonly path: string }): KitError {
  return new KitError({
    code: "SSE_STREAM_ALREADY_STARTED",
    message: `startSSE was called twice for the same request to ${facts.path}.`,
    hint: "Call it once and reuse the writer.",
  });
}

/** For a stream that `startSSE` may not start. */
export function tooManyStreams(facts: { readonly limit: string }): KitError {
  return new KitError({
    code: "SSE_TOO_MANY_STREAMS",
    message: `startSSE was refused: the limit sse.limits.${facts.limit} is reached, or the server is stopping.`,
    hint: "Clients should wait a few seconds before they try again. `broker.stats().writers` is the number of open streams.",
    status: facts.limit === "connections" ? 503 : 429,
  });
}

export function responseAfterStart(facts: { readonly path: string }): KitError {
  return new KitError({
    code: "SSE_RESPONSE_AFTER_START",
    message: `The handler of ${facts.path} sent an ordinary response after it had started an event stream.`,
    hint: "After calling startSSE, return writer.response or writer.run(…).",
  });
}

export function topicNotSendable(facts: { readonly topic: string }): KitError {
  return new KitError({
    code: "SSE_TOPIC_NOT_SENDABLE",
    message: `A topic must be 1 to 255 characters long and contain no control characters, but got ${JSON.stringify(facts.topic.slice(0, 80))}.`,
  });
}

export function keyNotSendable(facts: { readonly key: string }): KitError {
  return new KitError({
    code: "SSE_KEY_NOT_SENDABLE",
    message: `The key of a broadcast must be 1 to 255 characters long and contain no control characters, but got ${JSON.stringify(facts.key.slice(0, 80))}.`,
    hint: "A key names what the broadcast is about, such as card:7.",
  });
}

/** For a broadcast that doesn't say whom it is for. */
export function addressMissing(facts: { readonly to: unknown }): KitError {
  return new KitError({
    code: "SSE_ADDRESS_MISSING",
    message: `A broadcast must say who gets it, but got ${String(facts.to)} for \`to\`.`,
    hint: 'Pass the topic, { to: "board:7" }, or { to: everybody } for everyone with an open stream, logged in or not.',
  });
}

export function fragmentIsText(facts: { readonly start: string }): KitError {
  return new KitError({
    code: "SSE_FRAGMENT_IS_TEXT",
    message: `A fragment must be JSX or an escaped template, but got a plain string: ${JSON.stringify(facts.start)}.`,
    hint: "Write it as JSX, or use raw(markup) if you know the markup is safe.",
  });
}

export function idNotGivable(facts: { readonly id: unknown }): KitError {
  return new KitError({
    code: "SSE_ID_NOT_GIVABLE",
    message: `A broadcast cannot have the custom id ${JSON.stringify(facts.id)}: its id is its position among all broadcasts.`,
    hint: "Put your own id in the data; broadcast resolves with the event's id.",
  });
}

export function flushShareImpossible(facts: { readonly value: unknown }): KitError {
  return new KitError({
    code: "SSE_FLUSH_SHARE_IMPOSSIBLE",
    message: `sse.flushShare must be a share of the event loop's time, above 0 and up to 1, but got ${String(facts.value)}.`,
    hint: "Leave it out for 0.5. With 1, events are sent on each turn of the event loop, however long that takes.",
  });
}

export function presenceUnwatched(facts: { readonly topic: string }): KitError {
  return new KitError({
    code: "SSE_PRESENCE_UNWATCHED",
    message: `Presence is not tracked for the topic ${JSON.stringify(facts.topic)}.`,
    hint: "Turn it on in the config: sse: { presence: { watches: (topic) => … } }.",
  });
}

export function brokerClosed(): KitError {
  return new KitError({
    code: "SSE_BROKER_CLOSED",
    message: "The broker is closed and can no longer broadcast.",
    hint: "Close the broker after everything that broadcasts.",
    status: 503,
  });
}

export function backplaneFull(facts: { readonly messages: number; readonly bytes: number }): KitError {
  return new KitError({
    code: "SSE_BACKPLANE_FULL",
    message: `The backplane is away and ${facts.messages} messages (${facts.bytes} bytes) are already waiting for it; this one was rejected.`,
    hint: "Check that Redis is running and its URL is correct, then try again. Open pages resync when it is back.",
    status: 503,
  });
}

/** Redis answered, but did not take the message: it is out of memory, for example. */
export function backplaneRefused(facts: { readonly reason: string; readonly cause: unknown }): KitError {
  return new KitError({
    code: "SSE_BACKPLANE_REFUSED",
    message: `Redis refused a message to the other nodes: ${facts.reason}`,
    hint: "Check Redis's memory, disk and permissions. Open pages resync when it accepts messages again.",
    status: 503,
    cause: facts.cause,
  });
}

export function backplaneUnreachable(facts: { readonly reason: string; readonly cause: unknown }): KitError {
  return new KitError({
    code: "SSE_BACKPLANE_UNREACHABLE",
    message: `failed to initialize the SSE backplane: ${facts.reason}`,
    hint: "Check REDIS_URL, or remove it to run on a single node.",
    cause: facts.cause,
  });
}

/** For processes of one app that can't hear each other. */
export function separateProcesses(facts: { readonly sign: string }): KitError {
  return new KitError({
    code: "SSE_SEPARATE_PROCESSES",
    message: `Several processes of this app run without a backplane (${facts.sign}). Each broadcast reaches only the pages that are connected to the process that sent it, and logging out ends only the streams there.`,
    hint: "Set REDIS_URL so that they share one order of events, or run a single process: it serves thousands of pages.",
  });
}

export function streamEvicted(): KitError {
  return new KitError({ code: "SSE_STREAM_EVICTED", message: "The stream was ended by the server." });
}

/** Bytes could not be delivered: the client or the network path to it is gone. */
export function connectionBroken(facts: { readonly reason: string }): KitError {
  return new KitError({
    code: "SSE_CONNECTION_BROKEN",
    message: `The connection of an event stream broke: ${facts.reason}.`,
  });
}
