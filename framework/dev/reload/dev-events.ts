import { randomToken } from "../../base/index.ts";
import type { SSEWriter } from "../../sse/index.ts";

/** The event stream that tells open pages what changed during development. */
export interface DevEvents {
  /** Identifies this run of the server and its reloads; a page rendered under another one is outdated. */
  readonly build: string;
  /** Adds the stream of a page; `isWatching` if the page shows live figures. */
  join(writer: SSEWriter, isWatching: boolean): Response;
  /** The number of open pages that show live figures. */
  readonly watcherCount: number;
  /** Tells all open pages to reload. */
  reload(): void;
  /** Tells all open pages what changed: `css`, `mail`, `stats`, `live` or `jobs`. */
  tell(topic: string): void;
  close(): void;
}

export interface DevEventsOptions {
  /** Whether the server is about to stop. */
  readonly isDraining?: () => boolean;
}

/** How long a page waits before it reconnects. */
const retryMs = 400;
const pollEveryMs = 200;

/** Creates the hub. The dev part closes it; it also closes all streams by itself when the server is about to stop. */
export function createDevEvents({ isDraining = () => false }: DevEventsOptions = {}): DevEvents {
  const boot = randomToken(6);
  const writers = new Map<SSEWriter, boolean>();
  let reloads = 0;
  let isClosed = false;
  const build = () => `${boot}.${reloads}`;
  const timer = setInterval(() => isDraining() && close(), pollEveryMs).unref();

  function tell(event: string): void {
    for (const writer of writers.keys()) writer.sendJson(event, { build: build() });
  }

  function close(): void {
    isClosed = true;
    clearInterval(timer);
    for (const writer of writers.keys()) writer.close();
    writers.clear();
  }

  return {
    get build() {
      return build();
    },
    get watcherCount() {
      return [...writers.values()].filter(Boolean).length;
    },
    join(writer, isWatching) {
      writers.set(writer, isWatching);
      writer.signal.addEventListener("abort", () => writers.delete(writer), { once: true });
      writer.sendEvent({ event: "hello", data: JSON.stringify({ build: build() }), retry: retryMs });
      if (isClosed) writer.close();
      return writer.response;
    },
    reload() {
      reloads += 1;
      tell("reload");
    },
    tell,
    close,
  };
}
