import { everybody } from "buffkit";
import { Hono } from "hono";
import { silentLogger } from "../../framework/base/index.ts";
import { serve } from "../../framework/kit/index.ts";
import { wire } from "../../framework/wire.ts";
import { benchRoot } from "../harness/paths.ts";
import { announce } from "./announce.ts";
import { parseBroadcastRequest } from "./broadcast-request.ts";
import { drive } from "./drive.ts";

// `--each-turn` turns off batching, no matter how busy the event loop is.
const flushShare = process.argv.includes("--each-turn") ? 1 : 0.5;

/** The whole framework as an application starts it in production: every middleware, sessions, jobs, and its own `/events`. */
const app = new Hono();
const kit = await wire(app, {
  appUrl: "http://localhost",
  authSecret: "a-secret-of-the-benchmark-and-of-nothing-else",
  databaseUrl: "sqlite::memory:",
  log: silentLogger,
  mail: "log",
  root: benchRoot,
  // All streams come from one IP address, and the trigger from a program.
  sse: { gzip: true, flushShare, limits: { connectionsPerAddress: Number.POSITIVE_INFINITY } },
  secure: { hosts: ["localhost", "127.0.0.1"], csrfExempt: { trigger: "/go" } },
});

app.post("/go", (c) => {
  void drive(parseBroadcastRequest(c.req.url), (data) => kit.broker.broadcast("msg", data, { to: everybody }));
  return c.body(null, 202);
});

/** What the soak test looks at. With `--expose-gc`, garbage is collected first, so that only memory in use counts. */
app.get("/state", (c) => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return c.json({ heapBytes: heapUsed + external, streams: kit.broker.clientCount });
});

const server = await serve(app, kit, { port: 0, graceMs: 1000 });
announce(server.port);
