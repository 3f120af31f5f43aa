import type { Hono } from "hono";
import { type Config, createKit, type Kit, type Part } from "./kit/index.ts";

/**
 * Turns a Hono app into a whole product: security, sessions, pages, the live stream, mail, jobs and migrations, put together by one
 * configuration. Add your routes afterwards. Close the kit when the app ends.
 *
 * Throws `KIT_CONFIG_INVALID` with every problem of the configuration, and whatever a database or Redis that cannot be used throws.
 */
export async function wire(app: Hono, config: Config): Promise<Kit> {
  return await createKit(app, config, config.dev ? await developmentParts(config) : []);
}

/** Loaded in development only, so that production does not even have the code in memory. */
async function developmentParts(config: Config): Promise<readonly Part[]> {
  const { createDevPart } = await import("./dev/index.ts");
  return [createDevPart({ root: config.root, ...(config.logLevel === "silent" ? { requestLog: false } : {}) })];
}
