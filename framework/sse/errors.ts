import { KitError } from "../base/index.ts";

/** A value that would break out of its line on the wire. */
export function fieldNotSendable(facts: { readonly field: string; readonly value: string }): KitError {
  return new KitError({
    code: "SSE_FIELD_NOT_SENDABLE",
    message: `The ${facts.field} of an event may hold neither NUL nor a line break, but it is ${JSON.stringify(facts.value.slice(0, 80))}.`,
    hint: `Put free text into data; ${facts.field} is for short names.`,
  });
}

export function retryNotSendable(facts: { readonly value: unknown }): KitError {
  return new KitError({
    code: "SSE_RETRY_NOT_SENDABLE",
    message: `The retry time of an event is a whole number of milliseconds from 0 up, but it is ${JSON.stringify(facts.value)}.`,
  });
}

export function streamAlreadyStarted(facts: { readonly path: string }): KitError {
  return new KitError({
    code: "SSE_STREAM_ALREADY_STARTED",
    message: `startSSE was called twice for one request to ${facts.path}.`,
    hint: "Call it once and keep the writer.",
  });
}

export function responseAfterStart(facts: { readonly path: string }): KitError {
  return new KitError({
    code: "SSE_RESPONSE_AFTER_START",
    message: `The handler of ${facts.path} answered with an ordinary response although its event stream has started.`,
    hint: "Return writer.response (or writer.run(…)) once startSSE was called.",
  });
}

export function topicNotSendable(facts: { readonly topic: string }): KitError {
  return new KitError({
    code: "SSE_TOPIC_NOT_SENDABLE",
    message: `A topic is a name of 1 to 255 characters without control characters, but it is ${JSON.stringify(facts.topic.slice(0, 80))}.`,
  });
}

export function fragmentIsText(facts: { readonly start: string }): KitError {
  return new KitError({
    code: "SSE_FRAGMENT_IS_TEXT",
    message: `A fragment is JSX or an escaped template, but a plain string was given: ${JSON.stringify(facts.start)}.`,
    hint: "Write it as JSX, or say raw(markup) if the markup is known to be safe.",
  });
}

export function idNotGivable(facts: { readonly id: unknown }): KitError {
  return new KitError({
    code: "SSE_ID_NOT_GIVABLE",
    message: `A broadcast cannot be given the id ${JSON.stringify(facts.id)}: its id is its place in the one order of all.`,
    hint: "Put an id of your own into the data; broadcast resolves with the event's.",
  });
}

export function flushShareImpossible(facts: { readonly value: unknown }): KitError {
  return new KitError({
    code: "SSE_FLUSH_SHARE_IMPOSSIBLE",
    message: `sse.flushShare is a part of the event loop's time, above 0 and up to 1, but it is ${String(facts.value)}.`,
    hint: "Leave it out for 0.5; 1 sends with each turn of the event loop, however long that takes.",
  });
}

export function presenceUnwatched(facts: { readonly topic: string }): KitError {
  return new KitError({
    code: "SSE_PRESENCE_UNWATCHED",
    message: `Nobody keeps who listens to the topic ${JSON.stringify(facts.topic)}.`,
    hint: "Have it watched: sse: { presence: { watches: (topic) => … } }.",
  });
}

export function brokerClosed(): KitError {
  return new KitError({
    code: "SSE_BROKER_CLOSED",
    message: "The broker is closed; nothing can be broadcast any more.",
    hint: "Close the broker last of all that broadcasts.",
    status: 503,
  });
}

export function backplaneFull(facts: { readonly waiting: number }): KitError {
  return new KitError({
    code: "SSE_BACKPLANE_FULL",
    message: `The backplane is away and ${facts.waiting} broadcasts already wait for it; this one was not taken.`,
    hint: "Check the address of Redis and that it is running, then try again.",
    status: 503,
  });
}

export function backplaneUnreachable(facts: { readonly reason: string; readonly cause: unknown }): KitError {
  return new KitError({
    code: "SSE_BACKPLANE_UNREACHABLE",
    message: `failed to initialize the SSE backplane: ${facts.reason}`,
    hint: "Check REDIS_URL, or leave it out to run on a single node.",
    cause: facts.cause,
  });
}

export function streamEvicted(): KitError {
  return new KitError({ code: "SSE_STREAM_EVICTED", message: "The stream was ended by the server." });
}

/** Bytes could not be brought to a client: it has gone, or the way to it. */
export function connectionBroken(facts: { readonly reason: string }): KitError {
  return new KitError({
    code: "SSE_CONNECTION_BROKEN",
    message: `The connection of an event stream broke: ${facts.reason}.`,
  });
}
