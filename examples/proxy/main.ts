import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { createExampleApp } from "../example-app.ts";
import { listen } from "../listen.ts";
import { mountRelay } from "./relay-routes.tsx";
import { Upstream } from "./upstream.ts";

const upstream = new Upstream({ everyMs: Number(process.env.UPSTREAM_MS ?? 250) });
const upstreamServer = serve({ fetch: upstream.app.fetch, port: 0, hostname: "127.0.0.1" }, (address: AddressInfo) => {
  const app = createExampleApp();
  mountRelay(app, upstream, `http://127.0.0.1:${address.port}/readings`);
  listen("Proxy", app, () => {
    upstream.cut();
    upstreamServer.close();
  });
});
