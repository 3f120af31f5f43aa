import type { Hono } from "hono";
import { type Config, createKit, type Kit, type Part } from "./kit/index.ts";

/**
 * Turns a Hono app into a complete product: security, sessions, pages, live streams, mail, jobs and migrations, set up by one
 * configuration. Add your routes afterwards, and close the kit when the app ends.
 *
 * Throws `KIT_CONFIG_INVALID` with every problem in the configuration, and the errors of a database or Redis that can't be used.
 */
export async function wire(app: Hono, config: Config): Promise<Kit> {
  return await createKit(app, config, config.dev ? await developmentParts(config) : []);
}

/** Loaded in development only, so that production doesn't even load the code. */
async function developmentParts(config: Config): Promise<readonly Part[]> {
  const { createDevPart } = await import("./dev/index.ts");
  return [createDevPart(config.logLevel === "silent" ? { requestLog: false } : {})];
}
