import type { Registry } from "../../components/index.ts";
import type { Inbox, Mail } from "../../mail/index.ts";
import type { Assets, ImportMap } from "../assets/index.ts";
import type { Auth } from "../auth/index.ts";
import type { Clock, Logger } from "../base/index.ts";
import type { Database, Migrator } from "../db/index.ts";
import type { Jobs } from "../jobs/index.ts";
import type { RateLimiter, Signer } from "../secure/index.ts";
import type { Broker } from "../sse/index.ts";
import type { ErrorPresenter } from "./on-error.tsx";

/** Everything that `wire` put together: one handle for each part. Whoever wired it closes it. */
export interface Kit {
  readonly version: string;
  readonly dev: boolean;
  readonly appName: string;
  /** The address under which people reach the app. */
  readonly appUrl: string;
  /** The app's folder. */
  readonly root: string;
  readonly log: Logger;
  readonly clock: Clock;
  readonly db: Database;
  readonly migrator: Migrator;
  readonly broker: Broker;
  readonly auth: Auth;
  readonly mail: Mail;
  /** The mails that were sent, in development; in production there is none. */
  readonly inbox: Inbox | undefined;
  readonly jobs: Jobs;
  readonly components: Registry;
  readonly assets: Assets;
  readonly importMap: ImportMap;
  readonly signer: Signer;
  /** Counts what may be repeated only so often; see `rateLimit`. */
  readonly limiter: RateLimiter;
  /** Whether the server is about to stop; `/readyz` then says so. */
  readonly isDraining: boolean;
  /** Marks the server as about to stop. */
  drain(): void;
  countUsers(): Promise<number>;
  /** Puts another presentation in the place of the plain error page. */
  presentErrors(presenter: ErrorPresenter): void;
  /** What to print once the app answers. */
  welcome(url: string): string;
  /** Ends the streams, finishes running jobs, closes what was opened. May be called twice. */
  close(): Promise<void>;
}

declare module "hono" {
  interface ContextVariableMap {
    /** What `wire` put together. */
    kit: Kit;
    /** Where the event log stood when the request came: `<LiveStream since=…>` takes it, so that nothing since then is missed. */
    liveCursor: string;
  }
}
