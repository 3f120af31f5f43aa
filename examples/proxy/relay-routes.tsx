import { readQuery, startSSE } from "buffkit";
import type { Hono } from "hono";
import { parseIdHeader } from "./id-header.ts";
import { relay } from "./relay.ts";
import { relayOptionsSchema } from "./relay-options.ts";
import { RelayPage } from "./relay-page.tsx";
import type { Upstream } from "./upstream.ts";

/** The proxy: the page, the relayed stream, and two endpoints to look at the upstream and to cut it off. */
export function mountRelay(app: Hono, upstream: Upstream, upstreamUrl: string): void {
  app.get("/", (c) => c.html(<RelayPage />));

  app.get("/readings", async (c) => {
    const query = await readQuery(c, relayOptionsSchema);
    if (!query.ok) return c.json({ problems: query.problems }, 400);
    const source = { url: upstreamUrl, lastId: parseIdHeader(c.req.header("last-event-id") ?? "") };
    return startSSE(c).run((writer) => relay(writer, source, query.data));
  });

  app.get("/upstream", (c) => c.json(upstream.status));

  app.post("/upstream/cut", (c) => {
    upstream.cut();
    return c.body(null, 204);
  });
}
