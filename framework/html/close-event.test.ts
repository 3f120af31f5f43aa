import { describe, expect, it } from "vitest";
import { formatCloseEvent } from "./close-event.ts";

describe("formatCloseEvent", () => {
  it("tells the page why the stream ended and where to go", () => {
    expect(formatCloseEvent({ reason: "expired", path: "/enter" })).toBe(
      'event: bk:close\ndata: {"reason":"expired","path":"/enter"}\n\n',
    );
  });

  it("leaves out the path when the page stays where it is", () => {
    expect(formatCloseEvent({ reason: "forbidden" })).toBe('event: bk:close\ndata: {"reason":"forbidden"}\n\n');
  });

  it("stays one event whatever the reason contains", () => {
    expect(formatCloseEvent({ reason: "a\n\ndata: b" })).toBe('event: bk:close\ndata: {"reason":"a\\n\\ndata: b"}\n\n');
  });
});
