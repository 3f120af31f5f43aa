import { fileURLToPath } from "node:url";
import { type Config, type Kit, silentLogger } from "buffkit";
import type { Hono } from "hono";
import { createApp } from "./app.tsx";

/** The app for one test, with a database in memory. The caller closes the kit. */
export async function createTestApp(config: Config = {}): Promise<{ app: Hono; kit: Kit }> {
  return await createApp({
    dev: true,
    log: silentLogger,
    logLevel: "silent",
    authSecret: "a-secret-for-tests-0123456789-abcdefghijklmnop",
    databaseUrl: "sqlite::memory:",
    migrate: true,
    root: fileURLToPath(new URL("..", import.meta.url)),
    ...config,
  });
}
