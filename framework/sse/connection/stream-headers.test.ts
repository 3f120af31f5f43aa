import { describe, expect, it } from "vitest";
import { streamHeaders } from "./stream-headers.ts";

describe("streamHeaders", () => {
  it("makes a response a stream that no proxy keeps or changes", () => {
    expect(streamHeaders(undefined, false)).toEqual({
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-cache, no-store, no-transform",
      "X-Accel-Buffering": "no",
      "Content-Encoding": "identity",
    });
    expect(streamHeaders({}, true)["Content-Encoding"]).toBe("gzip");
  });

  it("keeps the given headers, but none that make it a stream", () => {
    const headers = streamHeaders(
      { "X-Own": "1", "content-type": "text/html", "CACHE-CONTROL": "public", "x-accel-buffering": "yes" },
      false,
    );

    expect(Object.keys(headers)).toEqual([
      "X-Own",
      "Content-Type",
      "Cache-Control",
      "X-Accel-Buffering",
      "Content-Encoding",
    ]);
    expect(headers).toMatchObject({ "X-Own": "1", "Cache-Control": "no-cache, no-store, no-transform" });
  });
});
