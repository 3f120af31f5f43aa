import { existsSync } from "node:fs";
import { relative } from "node:path";
import { pathToFileURL } from "node:url";
import { randomToken } from "../../base/index.ts";
import { type Config, type CreatedApp, isCreatedApp } from "../../kit/index.ts";
import { noAppModule, noCreateApp } from "../errors.ts";
import type { CommandContext } from "./command-context.ts";

/**
 * Builds the app without listening: calls `createApp(config)` of the module `app` next to the main module. `changes` override the
 * configuration from the environment. The caller closes the kit. Throws `CLI_NO_APP_MODULE`, `CLI_NO_CREATE_APP`, and what `wire` throws.
 */
export async function loadApp({ project, files, config }: CommandContext, changes: Config = {}): Promise<CreatedApp> {
  const endings = files.isBuilt ? [".js"] : [".tsx", ".ts", ".js"];
  const file = endings.map((ending) => files.app + ending).find(existsSync);
  if (file === undefined) throw noAppModule({ expected: relative(project.folder, files.app + endings[0]) });
  const module: unknown = await import(pathToFileURL(file).href);
  if (!hasCreateApp(module)) throw noCreateApp({ file: relative(project.folder, file) });
  const loaded = await module.createApp({ ...config, ...changes });
  if (!isCreatedApp(loaded)) throw noCreateApp({ file: relative(project.folder, file) });
  return loaded;
}

/**
 * Settings for inspecting an app without touching anything: an in-memory database, no Redis, no mail server, no worker. Whatever the app
 * configures itself still applies.
 */
export function inspectionConfig(dev: boolean): Config {
  return {
    dev,
    authSecret: randomToken(),
    databaseUrl: "sqlite::memory:",
    redisUrl: undefined,
    smtpUrl: "smtp://127.0.0.1:1",
    appUrl: "https://app.invalid",
    logLevel: "silent",
    worker: false,
  };
}

function hasCreateApp(module: unknown): module is { createApp(config: Config): Promise<unknown> } {
  return (
    typeof module === "object" && module !== null && "createApp" in module && typeof module.createApp === "function"
  );
}
