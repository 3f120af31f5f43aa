import { type Config, type Kit, wire } from "buffkit";
import { Hono } from "hono";
import { Layout } from "./layout.tsx";
import { boardPresence } from "./parts/boards/board-presence.ts";
import { boards } from "./parts/boards/part.ts";
import { home } from "./parts/home/part.tsx";

/** Builds the app without listening, so that tests can use it. The caller closes the kit. */
export async function createApp(config: Config): Promise<{ app: Hono; kit: Kit }> {
  const app = new Hono();
  const kit: Kit = await wire(app, {
    appName: "Teamboard",
    layout: Layout,
    parts: [home, boards],
    auth: { afterLogin: "/boards" },
    ...config,
    sse: { ...config.sse, presence: boardPresence(() => kit) },
  });
  return { app, kit };
}
