import { dirname, join, resolve } from "node:path";
import type { MailOptions, Sender } from "../../../mail/index.ts";
import { type Clock, createLogger, defaultPort, type Logger, readableLines, systemClock } from "../../base/index.ts";
import type { Database } from "../../db/index.ts";
import type { Layout } from "../../html/index.ts";
import type {
  BodyLimitOptions,
  RateLimitStore,
  SecurityHeadersOptions,
  UnreadResponseOptions,
} from "../../secure/index.ts";
import { DefaultLayout, DefaultLayoutWithoutAccounts } from "../pages/default-layout.tsx";
import type { Part } from "../part.ts";
import type {
  AuthConfig,
  Config,
  ImportMapConfig,
  JobsConfig,
  MailConfig,
  MetricsConfig,
  SseConfig,
} from "./config.ts";

const defaultDatabaseUrl = "sqlite:data/app.db";
const inMemoryUrl = "sqlite::memory:";

/** A configuration with every default filled in. Whatever opens a service takes its slice of it. */
export interface Settings {
  readonly dev: boolean;
  readonly appName: string;
  readonly appUrl: string;
  /** The app's folder, as an absolute path. */
  readonly root: string;
  readonly log: Logger;
  readonly clock: Clock;
  /** The first one signs, all of them verify. */
  readonly secrets: readonly string[];
  /** Whether browsers send cookies over https only; false in development. */
  readonly secureCookies: boolean;
  readonly trustProxy: boolean | string;
  readonly database: DatabaseSettings;
  readonly redisUrl: string | undefined;
  /** Where attempts are counted: in the app's own store, if it has one. */
  readonly limits: { readonly redisPrefix: string; readonly store: RateLimitStore | undefined };
  readonly auth: AuthSlice;
  readonly sse: SseConfig & { readonly redisKey: string };
  readonly mail: MailSettings;
  readonly jobs: JobsConfig;
  readonly worker: boolean;
  readonly secure: SecureSettings;
  readonly importMap: { readonly pins: ImportMapConfig["pins"]; readonly file: string };
  readonly layout: Layout;
  readonly parts: readonly Part[];
  readonly metrics: MetricsConfig | undefined;
}

export interface DatabaseSettings {
  readonly url: string;
  readonly options: NonNullable<Config["database"]>;
  /** The app's own open database, used instead of `url`. */
  readonly open: Database | undefined;
  /** When pending migrations are applied at start; `if-new` only on a database that has none yet. */
  readonly migrate: "always" | "if-new" | "never";
}

export interface AuthSlice {
  /** False in an app without accounts. */
  readonly isEnabled: boolean;
  readonly config: AuthConfig;
  /** Where profile pictures are stored; null keeps them in memory, like the database. */
  readonly uploadsFolder: string | null;
}

export interface MailSettings {
  readonly options: Pick<MailConfig, "layout" | "messages" | "maxRecipients" | "timeoutMs">;
  readonly from: MailOptions["from"];
  readonly delivery: MailDelivery;
}

/** How mails are sent. An inbox without a folder keeps them in memory. */
export type MailDelivery =
  | { readonly by: "sender"; readonly sender: Sender }
  | { readonly by: "inbox"; readonly folder: string | null }
  | { readonly by: "smtp"; readonly url: string }
  | { readonly by: "log" };

export interface SecureSettings {
  /** The same for pages and for streams. */
  readonly headers: SecurityHeadersOptions;
  readonly nonce: boolean;
  readonly hosts: readonly string[];
  readonly csrfExempt: Readonly<Record<string, string>>;
  readonly bodyLimit: BodyLimitOptions;
  readonly unread: Pick<UnreadResponseOptions, "timeoutMs" | "maxBytesPerAddress">;
}

/** Fills in every default. It doesn't validate: `checkConfig` does. */
export function resolveConfig(config: Config): Settings {
  const { dev = false, appName = "Buffkit app", appUrl = `http://localhost:${defaultPort}` } = config;
  const { databaseUrl = defaultDatabaseUrl, clock = systemClock, trustProxy = false } = config;
  const { worker = true, parts = [] } = config;
  const { layout = config.auth === false ? DefaultLayoutWithoutAccounts : DefaultLayout } = config;
  const { redisUrl, metrics } = config;
  const root = resolve(config.root ?? ".");
  const redisPrefix = config.redisPrefix ?? (slugOf(config.appName ?? "") || "buffkit");
  const dataFolder = dataFolderOf(databaseUrl);
  return {
    ...{ dev, appName, appUrl, root, clock, trustProxy, redisUrl, worker, layout, parts, metrics },
    log: config.log ?? createDefaultLogger(dev, config.logLevel),
    secrets: [config.authSecret ?? ""].flat(),
    secureCookies: !dev,
    database: {
      url: databaseUrl,
      options: config.database ?? {},
      open: config.db,
      migrate: resolveMigrate(config, { dev, databaseUrl }),
    },
    limits: { redisPrefix: `${redisPrefix}:limits`, store: config.secure?.rateLimitStore },
    auth: {
      isEnabled: config.auth !== false,
      config: config.auth || {},
      uploadsFolder: dataFolder === null ? null : join(dataFolder, "uploads"),
    },
    sse: { ...config.sse, redisKey: `${redisPrefix}:events` },
    mail: resolveMail(config, { dev, appName, appUrl, dataFolder }),
    jobs: { prefix: `${redisPrefix}:jobs`, ...config.jobs },
    secure: resolveSecure(config, dev),
    importMap: { pins: config.importMap?.pins, file: config.importMap?.file ?? join(root, "importmap.json") },
  };
}

/** JSON lines; in development, readable ones. */
function createDefaultLogger(dev: boolean, level: string | undefined): Logger {
  return createLogger(
    dev ? { level, destination: readableLines((text) => void process.stdout.write(text)) } : { level },
  );
}

/** The folder for the app's files: that of the SQLite file, or `data` with another database; null with a database in memory. */
function dataFolderOf(databaseUrl: string): string | null {
  if (databaseUrl === inMemoryUrl) return null;
  return dirname((databaseUrl.startsWith("sqlite:") ? databaseUrl : defaultDatabaseUrl).slice("sqlite:".length));
}

function resolveMigrate(
  { db, migrate }: Config,
  { dev, databaseUrl }: { readonly dev: boolean; readonly databaseUrl: string },
): DatabaseSettings["migrate"] {
  if (migrate !== undefined) return migrate ? "always" : "never";
  if (db === undefined && databaseUrl === inMemoryUrl) return "always";
  return dev ? "if-new" : "never";
}

interface MailFacts extends Pick<Settings, "dev" | "appName" | "appUrl"> {
  readonly dataFolder: string | null;
}

function resolveMail(config: Config, { dev, appName, appUrl, dataFolder }: MailFacts): MailSettings {
  const own = config.mail === undefined || config.mail === "log" ? {} : config.mail;
  const { sender, inboxFolder = dataFolder === null ? false : join(dataFolder, "mail"), ...options } = own;
  const hostname = URL.canParse(appUrl) ? new URL(appUrl).hostname : "localhost";
  return {
    options,
    from: config.mailFrom ?? { name: appName, address: `no-reply@${hostname}` },
    delivery: resolveDelivery(config, { dev, sender, inboxFolder }),
  };
}

function resolveDelivery(
  { mail, smtpUrl }: Config,
  { dev, sender, inboxFolder }: Pick<MailConfig, "sender" | "inboxFolder"> & { readonly dev: boolean },
): MailDelivery {
  if (sender) return { by: "sender", sender };
  if (dev) return { by: "inbox", folder: inboxFolder || null };
  // `checkConfig` has made sure that production has a mail server or does without one on purpose.
  return smtpUrl === undefined || mail === "log" ? { by: "log" } : { by: "smtp", url: smtpUrl };
}

function resolveSecure({ secure = {} }: Config, dev: boolean): SecureSettings {
  const { policy, addToPolicy, headers, nonce = false, hosts = [], csrfExempt = {} } = secure;
  const { maxBytes, maxUploadBytes, maxBytesPerAddress, maxBytesInTotal } = secure;
  const bodyLimit = { maxBytes, maxUploadBytes, maxBytesPerAddress, maxBytesInTotal };
  const unread = { timeoutMs: secure.unreadTimeoutMs, maxBytesPerAddress: secure.maxUnreadBytesPerAddress };
  return { headers: { production: !dev, policy, addToPolicy, headers }, nonce, hosts, csrfExempt, bodyLimit, unread };
}

/** "Team Board!" as "team-board". */
function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
}
