import type { Hono } from "hono";
import { createAppGaveNoKit, createAppMissing } from "./errors.ts";
import type { Kit } from "./kit.ts";
import type { Config } from "./settings/config.ts";

/** What `createApp` returns: the app, and the kit that `wire` returned for it. */
export interface CreatedApp {
  readonly app: Hono;
  readonly kit: Kit;
}

/** Builds the app without listening, so that `start`, the tests and the commands can all use it. */
export type CreateApp = (config: Config) => CreatedApp | Promise<CreatedApp>;

/** Calls `createApp`. Throws `KIT_CREATE_APP_MISSING` or `KIT_CREATE_APP_NO_KIT` if it isn't what its type says, and what it throws. */
export async function callCreateApp(createApp: CreateApp, config: Config): Promise<CreatedApp> {
  if (typeof createApp !== "function") throw createAppMissing({ given: createApp });
  const created: unknown = await createApp(config);
  if (!isCreatedApp(created)) throw createAppGaveNoKit({ given: created });
  return created;
}

export function isCreatedApp(value: unknown): value is CreatedApp {
  return hasMember(propertyOf(value, "app"), "fetch") && hasMember(propertyOf(value, "kit"), "close");
}

function hasMember(value: unknown, name: string): boolean {
  return typeof propertyOf(value, name) === "function";
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
