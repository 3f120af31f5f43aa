import type { Mail } from "../../mail/index.ts";
import { type Auth, type AuthSettings, createAuth } from "../auth/index.ts";
import type { Clock, Logger } from "../base/index.ts";
import type { Database } from "../db/index.ts";
import type { RateLimiter, Signer } from "../secure/index.ts";
import type { Config } from "./config.ts";

/** What an app may set about accounts. */
export type AuthConfig = AuthSettings;

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
  return createAuth({ ...(config.auth || {}), ...parts, secureCookies: !config.dev });
}
