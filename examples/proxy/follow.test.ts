import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { afterEach, describe, expect, it } from "vitest";
import { type FollowedEvent, follow } from "./follow.ts";

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of cleanups.splice(0)) await close();
});

/** An upstream that gives these answers, one after another, then 204; and the ids with which it was asked. */
async function startUpstream(...answers: readonly (string | Response)[]) {
  const asked: (string | undefined)[] = [];
  const app = new Hono();
  app.get("/", (c) => {
    const header = c.req.header("last-event-id");
    asked.push(header && Buffer.from(header, "latin1").toString());
    const answer = answers[asked.length - 1];
    if (answer === undefined) return c.body(null, 204);
    return typeof answer === "string" ? c.body(answer, 200, { "Content-Type": "text/event-stream" }) : answer;
  });
  const url = await new Promise<string>((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) =>
      resolve(`http://127.0.0.1:${port}/`),
    );
    cleanups.push(() => server.close());
  });
  return { url, asked };
}

async function followToEnd(url: string, lastId = ""): Promise<FollowedEvent[]> {
  const all: FollowedEvent[] = [];
  for await (const followed of follow({ url, lastId }, new AbortController().signal)) all.push(followed);
  return all;
}

describe("follow", () => {
  it("reconnects with the last id after the pause that the upstream asked for, and ends when there is no more", async () => {
    const upstream = await startUpstream("retry: 5\nid: 1\ndata: a\n\n", "id: 2\ndata: b\n\n");

    const followed = await followToEnd(upstream.url);

    expect(followed).toMatchObject([
      { kind: "connected" },
      { kind: "event", event: { id: "1", data: "a" } },
      { kind: "reconnecting", inMs: 5 },
      { kind: "connected" },
      { kind: "event", event: { id: "2", data: "b" } },
      { kind: "reconnecting", inMs: 5 },
      { kind: "ended" },
    ]);
    expect(upstream.asked).toEqual([undefined, "1", "2"]);
  });

  it("sends ids of any characters", async () => {
    const upstream = await startUpstream();

    await followToEnd(upstream.url, "läuft 🌊");

    expect(upstream.asked).toEqual(["läuft 🌊"]);
  });

  it("accepts the media type in any case, and retries anything else", async () => {
    const upstream = await startUpstream(
      new Response("busy", { status: 503 }),
      new Response("<p>", { headers: { "Content-Type": "text/html" } }),
      new Response("retry: 0\ndata: a\n\n", { headers: { "Content-Type": "Text/Event-Stream; charset=utf-8" } }),
    );

    const kinds = (await followToEnd(upstream.url)).map(({ kind }) => kind);

    expect(kinds).toEqual(["reconnecting", "reconnecting", "connected", "event", "reconnecting", "ended"]);
  });
});
