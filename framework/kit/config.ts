import type { MailOptions, Sender } from "../../mail/index.ts";
import type { ImportMapOptions } from "../assets/index.ts";
import type { AuthSettings } from "../auth/index.ts";
import type { Clock, Logger } from "../base/index.ts";
import type { Database } from "../db/index.ts";
import type { Layout } from "../html/index.ts";
import type { CreateJobsOptions } from "../jobs/index.ts";
import type { BodyLimitOptions, SecurityHeadersOptions } from "../secure/index.ts";
import type { BrokerOptions } from "../sse/index.ts";
import type { MetricsConfig } from "./metrics-part.ts";
import type { Part } from "./part.ts";

/** What an app may set about accounts. */
export type AuthConfig = AuthSettings;

/** The broker's settings that are the app's to choose. */
export type SseConfig = Omit<
  BrokerOptions,
  "afterCommit" | "clientAddress" | "clock" | "dev" | "headers" | "identify" | "log" | "redisKey" | "redisUrl"
>;

/** How the app's mails look and leave. */
export interface MailConfig extends Pick<MailOptions, "layout" | "messages" | "maxRecipients" | "timeoutMs"> {
  /** The app's own way to send, in place of the inbox of development and of SMTP. */
  readonly sender?: Sender;
  /** Where the inbox of development keeps its mails over restarts; `mail` beside the SQLite file, else `data/mail`; `false` for nowhere. */
  readonly inboxFolder?: string | false;
}

/** What the app may change about its defences. */
export interface SecureConfig
  extends Pick<SecurityHeadersOptions, "policy" | "addToPolicy" | "headers">,
    BodyLimitOptions {
  /** Hosts under which the app answers, besides that of `appUrl`; `.example.com` stands for all below it. */
  readonly hosts?: readonly string[];
  /** Routes called by other servers, which prove themselves otherwise: path by name, `*` at the end for all below. */
  readonly csrfExempt?: Readonly<Record<string, string>>;
  /** Makes a nonce a response, `c.var.cspNonce`, for apps that need inline scripts. Off unless given. */
  readonly nonce?: boolean;
}

/** How background jobs run. */
export type JobsConfig = Pick<
  CreateJobsOptions,
  "concurrency" | "queues" | "pollMs" | "leaseMs" | "keepDoneMs" | "keepDeadMs" | "prefix"
>;

/** The import map of every page. */
export interface ImportMapConfig {
  /** Names for `import` statements, and the files of `public/` that they stand for. */
  readonly pins?: ImportMapOptions["pins"];
  /** JSON file with more of them, as `buffkit importmap:pin` writes it; `importmap.json` in the app's folder unless given. */
  readonly file?: string;
}

/** What `wire` takes. Every setting has a default but `authSecret`, and in production `appUrl` and mail. */
export interface Config {
  /** Development: detailed errors, the mail inbox, live reload, the pages under `/__`. False unless given. */
  readonly dev?: boolean;
  /** The product's name, in page titles and mails; "Buffkit app" unless given. */
  readonly appName?: string;
  /** Signs cookies and form tokens; at least 32 random bytes (`buffkit secret`). With a list the first signs and all verify, to rotate. */
  readonly authSecret?: string | readonly string[];
  /** `sqlite:path`, `sqlite::memory:`, `postgres://…` or `mysql://…`; `sqlite:data/app.db` unless given. */
  readonly databaseUrl?: string;
  /** An open database instead of `databaseUrl`; the caller closes it. */
  readonly db?: Database;
  /** Runs jobs, rate limits and broadcasts over Redis, so that several machines act as one. */
  readonly redisUrl?: string;
  /** What the app's keys in Redis begin with, so that several apps may share one; made from `appName` unless given. */
  readonly redisPrefix?: string;
  /** `smtp://user:password@host:port`; how production sends mail. */
  readonly smtpUrl?: string;
  /** The address under which people reach the app: the origin of links in mails, of redirects and of the CSRF check. */
  readonly appUrl?: string;
  /**
   * Which proxies may name the client's address in `X-Forwarded-For`: addresses and networks, separated by
   * commas, or `true` for the loopback and private networks. None unless given.
   */
  readonly trustProxy?: boolean | string;
  /** The sender of mails that name none, e.g. `Team board <board@example.com>`. */
  readonly mailFrom?: string;
  /** `debug`, `info`, `warn`, `error` or `silent`; `info` unless given. */
  readonly logLevel?: string;
  /** A logger of the app's own instead of JSON lines on standard output. */
  readonly log?: Logger;
  readonly clock?: Clock;
  /** The app's folder, with `public/` and `migrations/` in it; the working directory unless given. */
  readonly root?: string;
  /** Applies pending migrations at start. Unless given: only to a database in memory, or to an empty one in development. */
  readonly migrate?: boolean;
  /** The page around every fragment; a plain one unless given. */
  readonly layout?: Layout;
  /** The app's parts, mounted in order; one with a built-in part's name takes its place. */
  readonly parts?: readonly Part[];
  readonly sse?: SseConfig;
  /** False: an app without accounts. There are no pages for them, and nobody is ever logged in. */
  readonly auth?: AuthConfig | false;
  /** `"log"` writes mails to the log instead of sending them: production without a mail server, on purpose. */
  readonly mail?: MailConfig | "log";
  readonly jobs?: JobsConfig;
  /** Whether this process works on jobs; true unless given. False where `buffkit jobs:work` runs apart. */
  readonly worker?: boolean;
  readonly secure?: SecureConfig;
  readonly importMap?: ImportMapConfig;
  /** Shows figures for Prometheus at `/metrics`; there is no such page unless given. */
  readonly metrics?: MetricsConfig;
}
