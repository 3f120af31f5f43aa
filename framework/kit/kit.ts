import type { Context } from "hono";
import type { Registry } from "../../components/index.ts";
import type { Inbox, Mail } from "../../mail/index.ts";
import type { Assets, ImportMap } from "../assets/index.ts";
import type { Auth } from "../auth/index.ts";
import type { Clock, Logger } from "../base/index.ts";
import type { Database, Migrator } from "../db/index.ts";
import type { Jobs } from "../jobs/index.ts";
import type { LiveRegions } from "../live/index.ts";
import type { RateLimiter, Signer } from "../secure/index.ts";
import type { Broker } from "../sse/index.ts";

/** Shows an error to a developer; in development it replaces the plain error page. */
export type ErrorPresenter = (error: Error, c: Context) => Response | Promise<Response>;

/** Everything that `wire` put together. The caller of `wire` closes it. */
export interface Kit {
  readonly version: string;
  readonly dev: boolean;
  readonly appName: string;
  /** The app's public address. */
  readonly appUrl: string;
  /** The app's folder. */
  readonly root: string;
  readonly log: Logger;
  readonly clock: Clock;
  readonly db: Database;
  readonly migrator: Migrator;
  readonly broker: Broker;
  /** The live regions of the parts: `kit.live.changed(Region)`, and for tests `kit.live.settled()`. */
  readonly live: LiveRegions;
  readonly auth: Auth;
  readonly mail: Mail;
  /** The mails that were sent, in development only. */
  readonly inbox: Inbox | undefined;
  readonly jobs: Jobs;
  readonly components: Registry;
  readonly assets: Assets;
  readonly importMap: ImportMap;
  readonly signer: Signer;
  /** Counts attempts; see `rateLimit`. */
  readonly limiter: RateLimiter;
  /** Whether the server is about to stop, as `/readyz` reports. */
  readonly isDraining: boolean;
  /** Marks the server as about to stop. */
  drain(): void;
  countUsers(): Promise<number>;
  /** Replaces the plain error page. */
  presentErrors(presenter: ErrorPresenter): void;
  /** What to print once the app is listening at this URL. */
  banner(url: string): string;
  /**
   * Takes no new jobs, finishes running ones, ends the streams and closes everything that was opened, within `graceMs` (default: 30,000)
   * at most. What fails to close or takes too long is logged, doesn't keep the rest from closing, and the first failure is thrown at
   * the end. May be called twice.
   */
  close(options?: { readonly graceMs?: number }): Promise<void>;
}

declare module "hono" {
  interface ContextVariableMap {
    /** What `wire` put together. */
    kit: Kit;
    /** The position of the event log when the request arrived. Pass it to `<LiveStream since=…>`, so that the page misses nothing. */
    liveCursor: string;
  }
}
