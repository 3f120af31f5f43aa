import { serializeEvent } from "./wire-format.ts";

// The framework's own events, which `public/live.js` handles. Only `bk:close` has its home in framework/html: guards send it too.

export interface Hello {
  readonly connectionId: string;
  readonly cursor: string;
  readonly heartbeatMs: number;
  readonly retryMs: number;
}

/** The first event of every stream. */
export function formatHello({ connectionId, cursor, heartbeatMs, retryMs }: Hello): string {
  const data = JSON.stringify({ connectionId, cursor, heartbeatMs });
  return serializeEvent({ id: cursor, event: "bk:hello", retry: retryMs, data });
}

/** Shows that the stream is alive, and gives clients of quiet topics a fresh cursor. */
export function formatPing(cursor: string): string {
  return serializeEvent({ id: cursor, event: "bk:ping", data: "" });
}

/** Tells the page that it missed something and has to load its content again. */
export function formatResync(cursor: string): string {
  return serializeEvent({ id: cursor, event: "bk:resync", data: "missed" });
}

/** Tells the client when to come back; htmx reads `retry` only from an event that has data. */
export function formatRetry(retryMs: number): string {
  const retry = Math.round(retryMs);
  return serializeEvent({ event: "bk:retry", retry, data: String(retry) });
}

/** The same for a stream whose events are an app's own: nothing but the field, so that nobody receives an event. */
export function formatRetryField(retryMs: number): string {
  return serializeEvent({ retry: Math.round(retryMs) });
}

/** Tells the listeners of a topic that a member joined or left. */
export function formatPresence(change: object): string {
  return serializeEvent({ event: "bk:presence", data: JSON.stringify(change) });
}
