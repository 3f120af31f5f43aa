import { fileURLToPath } from "node:url";
import { type Config, type Kit, silentLogger } from "buffkit";
import type { Hono } from "hono";
import { createApp } from "./app.tsx";

/** Creates the app for a test, with an in-memory database. The caller closes the kit. */
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
