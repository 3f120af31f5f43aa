import type { Page } from "@playwright/test";
import type { SeenEvent } from "./random-events.ts";

/** The type of the event that ends a reading. */
export const lastType = "the end of the stream";

/** A stream that is being read. */
export interface StreamReading {
  /** All events, once the last one has arrived. */
  events(): Promise<SeenEvent[]>;
}

/** Reads a stream of the page's site with the browser's own client. Resolves once it is connected. */
export async function readWithEventSource(page: Page, path: string, types: readonly string[]): Promise<StreamReading> {
  const handle = await page.evaluateHandle(
    async ({ path, types, lastType }) => {
      const seen: { type: string; data: string; id: string }[] = [];
      const source = new EventSource(path);
      const record = ({ type, data, lastEventId }: MessageEvent<string>) =>
        void seen.push({ type, data, id: lastEventId });
      for (const type of types) source.addEventListener(type, record);
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

/** Reads the stream of the htmx page of a `ByteStreamServer`. */
export async function readWithHtmx(page: Page): Promise<StreamReading> {
  return { events: () => page.evaluate<SeenEvent[]>("whole") };
}
