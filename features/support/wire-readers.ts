import type { Page } from "@playwright/test";
import type { SeenEvent } from "./wire-events.ts";

/** The type of the event with which a reading ends. */
export const lastType = "the end of the stream";

/** Has the browser's own client read a stream of the page's site to its last event. Resolves once it is connected. */
export async function readWithEventSource(page: Page, path: string, types: readonly string[]): Promise<Reading> {
  const handle = await page.evaluateHandle(
    async ({ path, types, lastType }) => {
      const seen: { type: string; data: string; id: string }[] = [];
      const source = new EventSource(path);
      const note = ({ type, data, lastEventId }: MessageEvent<string>) =>
        void seen.push({ type, data, id: lastEventId });
      for (const type of types) source.addEventListener(type, note);
      const whole = new Promise<typeof seen>((resolve) => {
        source.addEventListener(lastType, () => {
          source.close();
          resolve(seen);
        });
      });
      await new Promise((resolve) => source.addEventListener("open", resolve));
      return { whole };
    },
    { path, types, lastType },
  );
  return { events: () => handle.evaluate(({ whole }) => whole) };
}

/** Has htmx read the stream of its page at the wire station. */
export async function readWithHtmx(page: Page): Promise<Reading> {
  return { events: () => page.evaluate<SeenEvent[]>("whole") };
}

/** A stream that is being read. */
export interface Reading {
  /** Everything read, once the last event has come. */
  events(): Promise<SeenEvent[]>;
}
