import { dirname, join } from "node:path";
import type { Mail } from "../../mail/index.ts";
import { type Auth, createAuth } from "../auth/index.ts";
import type { Clock, Logger } from "../base/index.ts";
import type { Database } from "../db/index.ts";
import { createFolderUploadStore, createMemoryUploadStore, type UploadStore } from "../forms/index.ts";
import type { RateLimiter, Signer } from "../secure/index.ts";
import type { Config } from "./config.ts";

export interface OpenAuthOptions {
  readonly config: Config;
  readonly db: Database;
  readonly log: Logger;
  readonly clock: Clock;
  readonly mail: Mail;
  readonly limiter: RateLimiter;
  readonly signer: Signer;
  readonly appUrl: string;
}

/** The app's accounts, kept in its database. Cookies are for https alone, but in development. */
export function openAuth({ config, ...parts }: OpenAuthOptions): Auth {
  const pictures = config.auth ? config.auth.pictures : undefined;
  return createAuth({
    ...(config.auth || {}),
    ...parts,
    pictures: pictures ?? openPictures(config),
    secureCookies: !config.dev,
  });
}

/** Beside the SQLite file, like the inbox of development; nowhere while the database itself is in memory. */
function openPictures({ databaseUrl = "sqlite:data/app.db" }: Config): UploadStore {
  if (databaseUrl === "sqlite::memory:") return createMemoryUploadStore();
  const folder = databaseUrl.startsWith("sqlite:") ? dirname(databaseUrl.slice("sqlite:".length)) : "data";
  return createFolderUploadStore(join(folder, "uploads"));
}
