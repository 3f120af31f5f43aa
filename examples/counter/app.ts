import { type Config, type Kit, randomToken, wire } from "buffkit";
import { Hono } from "hono";
import { Layout } from "./layout.tsx";
import { sharedCount } from "./shared-count.tsx";
import { ticks } from "./ticks.tsx";

/** An app of two parts, without accounts. Its settings let it start with one command; a real app takes them from `config`. */
export async function createApp(config: Config): Promise<{ app: Hono; kit: Kit }> {
  const app = new Hono();
  const kit = await wire(app, {
    ...config,
    appName: "Counter",
    layout: Layout,
    parts: [ticks, sharedCount],
    auth: false,
    dev: true,
    authSecret: randomToken(32),
    databaseUrl: "sqlite::memory:",
  });
  return { app, kit };
}
