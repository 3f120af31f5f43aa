import { describe, expect, it } from "vitest";
import { renderHtml } from "../html/index.ts";
import { LiveStream } from "./live-stream.tsx";

describe("LiveStream", () => {
  it("renders the element that htmx connects, kept across boosted visits and retried until connected", async () => {
    const markup = await renderHtml(<LiveStream since="5-7" topics={["room:1", "a&b"]} />);

    expect(markup).toMatch(/^<div id="bk-live-a_26_b-room_3a_1" hx-preserve/);
    expect(markup).toContain('hx-sse:connect="/events?since=5-7&amp;topic=room%3A1&amp;topic=a%26b"');
    expect(markup).toContain('hx-swap="none" hx-sse:close="bk:close" hx-trigger="load, every 15s" hx-sync="drop"');
  });

  it("appends to the query of its path", async () => {
    const markup = await renderHtml(<LiveStream path="/room/events?name=Ann" topics={["room"]} />);

    expect(markup).toContain('hx-sse:connect="/room/events?name=Ann&amp;topic=room"');
  });

  it("has one id for the same topics in any order, and a different one for any other set", async () => {
    const idOf = async (...topics: readonly string[]) =>
      /id="([^"]*)"/.exec(await renderHtml(<LiveStream topics={topics} />))?.[1];

    expect(await idOf("b", "a", "b")).toBe(await idOf("a", "b"));
    const ids = await Promise.all([idOf(), idOf("a-b"), idOf("a", "b"), idOf("a:b"), idOf("a_b"), idOf("a_2d_b")]);
    expect(new Set(ids).size).toBe(6);
    expect(ids[0]).toBe("bk-live");
  });

  it("works without cursor and topics", async () => {
    expect(await renderHtml(<LiveStream id="bk-live-board" />)).toContain('id="bk-live-board"');
  });
});
