import { describe, expect, it } from "vitest";
import { EventLog } from "../delivery/event-log.ts";
import { runPayload } from "./payload.ts";

function logOf(texts: readonly string[]): EventLog {
  const log = new EventLog({ maxEntries: 64, maxBytes: 1e9, maxAgeMs: 1e9 });
  texts.forEach((text, index) => {
    log.append({ epoch: 1, sequence: index }, { topics: null, except: null, text, at: 0 });
  });
  return log;
}

describe("a run of the log", () => {
  it("is framed where it lies, without touching the runs around it", () => {
    const log = logOf([]);
    const append = (text: string) => {
      log.append({ epoch: 1, sequence: log.head }, { topics: null, except: null, text, at: 0 });
      return log.head - 1;
    };

    const starts = ["data: €\n\n", "data: 😀\n\n", "data: z\n\n"].map((text) => {
      const start = append(text);
      log.endRun();
      return start;
    });
    const framed = starts.map((start) => runPayload(log.runFrom(start)).framed).map(String);

    expect(framed).toEqual([
      "13\r\nid: 1-0\ndata: €\n\n\r\n",
      "14\r\nid: 1-1\ndata: 😀\n\n\r\n",
      "11\r\nid: 1-2\ndata: z\n\n\r\n",
    ]);
  });

  it("ends where its page does, and a text larger than a page gets one of its own", () => {
    const large = `data: ${"x".repeat(300_000)}\n\n`;
    const log = logOf(["data: a\n\n", large, "data: b\n\n"]);

    const runs = [0, 1, 2].map((position) => log.runFrom(position));

    expect(runs.map(({ after }) => after)).toEqual([1, 2, 3]);
    expect(String(runPayload(log.runFrom(1)).plain) === `id: 1-1\n${large}`).toBe(true);
  });
});
