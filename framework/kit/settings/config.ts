import type { MailOptions, Sender } from "../../../mail/index.ts";
import type { ImportMapOptions } from "../../assets/index.ts";
import type { AuthSettings } from "../../auth/index.ts";
import type { Clock, Logger } from "../../base/index.ts";
import type { Database, OpenDatabaseOptions } from "../../db/index.ts";
import type { Layout } from "../../html/index.ts";
import type { CreateJobsOptions } from "../../jobs/index.ts";
import type { BodyLimitOptions, RateLimitStore, SecurityHeadersOptions } from "../../secure/index.ts";
import type { BrokerOptions } from "../../sse/index.ts";
import type { Part } from "../part.ts";

/** Account settings. */
export type AuthConfig = AuthSettings;

/** Broker settings. */
export type SseConfig = Omit<
  BrokerOptions,
  | "afterCommit"
  | "clientAddress"
  | "clock"
  | "dev"
  | "explainRefusal"
  | "headers"
  | "identify"
  | "log"
  | "redisKey"
  | "redisUrl"
  | "signer"
  | "warnAboutTopic"
>;

/** How the app's mails look and how they are sent. */
export interface MailConfig extends Pick<MailOptions, "layout" | "messages" | "maxRecipients" | "timeoutMs"> {
  /** A sender of your own, instead of the inbox in development and SMTP in production. */
  readonly sender?: Sender;
  /**
   * Where the development inbox keeps its mails across restarts; `false` keeps them in memory only. Default: `mail` beside the SQLite
   * file, or `data/mail` with another database.
   */
  readonly inboxFolder?: string | false;
}

/** Security settings. */
export interface SecureConfig
  extends Pick<SecurityHeadersOptions, "policy" | "addToPolicy" | "headers">,
    BodyLimitOptions {
  /** Hosts that the app answers to besides that of `appUrl`; `.example.com` includes all subdomains. */
  readonly hosts?: readonly string[];
  /**
   * Routes that other servers call and that authenticate in their own way, such as webhooks: a path for each name, with `*` at the end for
   * everything below.
   */
  readonly csrfExempt?: Readonly<Record<string, string>>;
  /** Where the counters of rate limits live. Default: Redis, if the app uses it, otherwise the database. The kit closes it. */
  readonly rateLimitStore?: RateLimitStore;
  /** How long a client may read nothing of a response, in milliseconds. Default: 30,000. */
  readonly unreadTimeoutMs?: number;
  /** How many bytes of responses may wait for the clients of one address. Default: 64 MiB. */
  readonly maxUnreadBytesPerAddress?: number;
  /** Sets a nonce for each response, `c.var.cspNonce`, for apps that need inline scripts. Default: false. */
  readonly nonce?: boolean;
}

/** How background jobs run. */
export type JobsConfig = Pick<
  CreateJobsOptions,
  "concurrency" | "queues" | "pollMs" | "leaseMs" | "keepDoneMs" | "keepDeadMs" | "prefix" | "connectTimeoutMs"
>;

/** The import map of every page. */
export interface ImportMapConfig {
  /** Names for `import` statements, and the files in `public/` that they resolve to. */
  readonly pins?: ImportMapOptions["pins"];
  /** A JSON file with more pins, as written by `buffkit importmap:pin`. Default: `importmap.json` in the app's folder. */
  readonly file?: string;
}

export interface MetricsConfig {
  /** What a scraper must send as `Authorization: Bearer …`. Without it, anyone who can reach the app can read the metrics. */
  readonly token?: string;
}

/** The configuration that `wire` takes. Only `authSecret` is required; in production, `appUrl` and a way to send mail are too. */
export interface Config {
  /** Development mode: detailed errors, the mail inbox, live reload, the pages under `/__`. Default: false. */
  readonly dev?: boolean;
  /** The product's name, for page titles and mails. Default: "Buffkit app". */
  readonly appName?: string;
  /**
   * Signs cookies and form tokens; at least 32 random bytes (`buffkit secret`). To rotate it, pass a list: the first one signs, all of
   * them verify.
   */
  readonly authSecret?: string | readonly string[];
  /** `sqlite:path`, `sqlite::memory:`, `postgres://…` or `mysql://…`. Default: `sqlite:data/app.db`. */
  readonly databaseUrl?: string;
  /** How `databaseUrl` is opened: plugins, a log of its queries, limits of time. */
  readonly database?: Omit<OpenDatabaseOptions, "setting" | "log">;
  /** An open database to use instead of `databaseUrl`; the caller closes it. */
  readonly db?: Database;
  /** Runs jobs, rate limits and broadcasts over Redis, so that several servers work as one. */
  readonly redisUrl?: string;
  /** Prefix of the app's Redis keys, so that several apps can share one Redis. Default: derived from `appName`. */
  readonly redisPrefix?: string;
  /** `smtp://user:password@host:port`; how production sends mail. */
  readonly smtpUrl?: string;
  /**
   * The app's public address: the origin for links in mails, for redirects and for the CSRF check. Default: `http://localhost:3000`;
   * required in production.
   */
  readonly appUrl?: string;
  /**
   * Proxies whose `X-Forwarded-For` is trusted: addresses and networks, separated by commas, or `true` for loopback and private networks.
   * Default: none.
   */
  readonly trustProxy?: boolean | string;
  /** The sender of mails that don't set one, e.g. `Team board <board@example.com>`. Default: `no-reply@` the host of `appUrl`. */
  readonly mailFrom?: string;
  /** `debug`, `info`, `warn`, `error` or `silent`. Default: `info`. */
  readonly logLevel?: string;
  /** A logger of your own. Default: JSON lines on standard output; readable lines in development. */
  readonly log?: Logger;
  /** Default: the system clock. */
  readonly clock?: Clock;
  /** The app's folder, which contains `public/` and `migrations/`. Default: the working directory. */
  readonly root?: string;
  /** Whether to apply pending migrations at start. Default: only to an in-memory database or, in development, to an empty one. */
  readonly migrate?: boolean;
  /** The page around every fragment. Default: a plain one. */
  readonly layout?: Layout;
  /** The app's parts, mounted in this order. A part with the name of a built-in one replaces it. */
  readonly parts?: readonly Part[];
  readonly sse?: SseConfig;
  /** `false` makes an app without accounts: it has no account pages, and nobody is ever logged in. */
  readonly auth?: AuthConfig | false;
  /** `"log"` writes mails to the log instead of sending them, for a production without a mail server. */
  readonly mail?: MailConfig | "log";
  readonly jobs?: JobsConfig;
  /** Whether this process works on jobs. Set it to false if `buffkit jobs:work` runs separately. Default: true. */
  readonly worker?: boolean;
  readonly secure?: SecureConfig;
  readonly importMap?: ImportMapConfig;
  /** Serves Prometheus metrics at `/metrics`. Default: off. */
  readonly metrics?: MetricsConfig;
}
