import { randomToken } from "../base/index.ts";
import type { SSEWriter } from "../sse/index.ts";

/** The stream on which open pages hear what changed in development. */
export interface DevEvents {
  /** Names this run of the server and the number of reloads asked for; a page that was made under another one is old. */
  readonly build: string;
  /** Takes a page's stream; `isWatching` for a page that shows figures. */
  join(writer: SSEWriter, isWatching: boolean): Response;
  /** Open pages that show figures. */
  readonly watcherCount: number;
  /** Tells all open pages to load again. */
  reload(): void;
  /** Tells all open pages that something named changed: `css`, `mail`, `stats`, `jobs`. */
  tell(topic: string): void;
  close(): void;
}

export interface DevEventsOptions {
  /** Whether the server is about to stop. */
  readonly isDraining?: () => boolean;
}

/** A page that lost the server tries again after this long. */
const retryMs = 400;
const lookEveryMs = 200;

/** Creates the stream's hub. Closed with the part; lets all pages go by itself when the server is about to stop. */
export function createDevEvents({ isDraining = () => false }: DevEventsOptions = {}): DevEvents {
  const boot = randomToken(6);
  const writers = new Map<SSEWriter, boolean>();
  let reloads = 0;
  let isClosed = false;
  const build = () => `${boot}.${reloads}`;
  const timer = setInterval(() => isDraining() && close(), lookEveryMs).unref();

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
