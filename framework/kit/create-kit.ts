import { resolve } from "node:path";
import type { Hono } from "hono";
import { createComponents } from "../../components/index.ts";
import { type Clock, createLogger, type Logger, readableLines, systemClock, version } from "../base/index.ts";
import { createMigrator, type Database, migrationFolders, openDatabase } from "../db/index.ts";
import { createJobs, type Jobs } from "../jobs/index.ts";
import { createSigner } from "../secure/index.ts";
import { applyMigrations } from "./apply-migrations.ts";
import { checkConfig } from "./check-config.ts";
import { cleaningPart } from "./cleaning-part.ts";
import { Closers } from "./closers.ts";
import type { Config } from "./config.ts";
import { DefaultLayout } from "./default-layout.tsx";
import { eventsPart } from "./events-part.ts";
import { formatWelcome } from "./format-welcome.ts";
import { healthPart } from "./health-part.ts";
import type { Kit } from "./kit.ts";
import { metricsPart } from "./metrics-part.ts";
import { mountMiddleware } from "./mount-middleware.ts";
import { arrangeParts, mountParts } from "./mount-parts.ts";
import type { ErrorPresenter } from "./on-error.tsx";
import { openAssets } from "./open-assets.ts";
import { openAuth } from "./open-auth.ts";
import { endStreamsWithSessions, openBroker } from "./open-broker.ts";
import { openLimiter } from "./open-limiter.ts";
import { openMail } from "./open-mail.ts";
import type { Part } from "./part.ts";
import { redisKeys } from "./redis-keys.ts";

/** Parts that come first, around everything else: the development tools. */
export type LeadingParts = readonly Part[];

/**
 * Opens every part in order, mounts middleware and parts on the app, and starts the jobs. What was opened is closed again when a later
 * step fails. Throws `KIT_CONFIG_INVALID` with all problems, and what opening the database, Redis or a part throws.
 */
export async function createKit(app: Hono, config: Config, leading: LeadingParts = []): Promise<Kit> {
  checkConfig(config);
  const closers = new Closers();
  try {
    return await openKit(app, config, { leading, closers });
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

interface OpenOptions {
  readonly leading: LeadingParts;
  readonly closers: Closers;
}

async function openKit(app: Hono, config: Config, { leading, closers }: OpenOptions): Promise<Kit> {
  let presenter: ErrorPresenter | undefined;
  let isDraining = false;
  const services = await openServices(config, closers);
  const { dev, appName } = services;
  const kit: Kit = {
    ...services,
    version,
    get isDraining() {
      return isDraining;
    },
    drain() {
      isDraining = true;
    },
    async countUsers() {
      const row = await services.db
        .selectFrom("users")
        .select((count) => count.fn.countAll().as("total"))
        .executeTakeFirst();
      return Number(row?.total ?? 0);
    },
    presentErrors(given) {
      presenter = given;
    },
    welcome: (url) => formatWelcome({ appName, url, dev }),
    close: () => closers.closeAll(),
  };
  const isMigrated = await applyMigrations(kit, config);
  mountMiddleware(app, kit, { config, layout: config.layout ?? DefaultLayout, presenter: () => presenter });
  const builtIn = [
    healthPart(),
    metricsPart(config.metrics),
    eventsPart(),
    ...accountParts(kit, config),
    cleaningPart(),
  ];
  closers.add(await mountParts(app, kit, [...leading, ...arrangeParts(builtIn, config.parts ?? [])]));
  // In development the worker waits until somebody has applied the migrations that its table may need.
  if (config.worker !== false && isMigrated) await kit.jobs.start();
  return kit;
}

function accountParts(kit: Kit, config: Config): readonly Part[] {
  return config.auth === false ? [] : kit.auth.parts();
}

/** JSON for programs; in development lines for people. */
function openLog(dev: boolean, level: string | undefined): Logger {
  return createLogger(
    dev ? { level, destination: readableLines((text) => void process.stdout.write(text)) } : { level },
  );
}

async function openServices(config: Config, closers: Closers) {
  const dev = config.dev ?? false;
  const log = config.log ?? openLog(dev, config.logLevel);
  const clock = config.clock ?? systemClock;
  const appName = config.appName ?? "Buffkit app";
  const appUrl = config.appUrl ?? "http://localhost:3000";
  const root = resolve(config.root ?? ".");
  const signer = createSigner([config.authSecret ?? ""].flat());
  const db = await openOwnDatabase(config, log, closers);
  const migrator = createMigrator(db, { folders: migrationFolders(root) });
  const jobs = closers.keep(await openJobs(config, { db, log, clock }));
  const broker = closers.keep(openBroker({ config, log, clock }));
  await broker.ready;
  const limiter = closers.keep(
    await openLimiter({ db, redisUrl: config.redisUrl, prefix: redisKeys(config).limits, clock }),
  );
  const { mail, inbox } = openMail({ config, appName, appUrl, log, jobs, signer });
  closers.keep(mail);
  if (inbox) closers.keep(inbox);
  const auth = openAuth({ config, db, log, clock, mail, limiter, signer, appUrl });
  endStreamsWithSessions(auth, broker);
  closers.add(() => auth.idle());
  const components = createComponents({ dev });
  const { assets, importMap } = openAssets(config, root, log);
  return {
    ...{ dev, appName, appUrl, root, log, clock, db, migrator, broker, auth },
    ...{ mail, inbox, jobs, components, assets, importMap, signer, limiter },
  };
}

async function openOwnDatabase(config: Config, log: Logger, closers: Closers): Promise<Database> {
  if (config.db) return config.db;
  const db = await openDatabase(config.databaseUrl ?? "sqlite:data/app.db", { log });
  closers.add(() => db.destroy());
  return db;
}

async function openJobs(config: Config, base: { db: Database; log: Logger; clock: Clock }): Promise<Jobs> {
  return await createJobs({ prefix: redisKeys(config).jobs, ...config.jobs, ...base, redisUrl: config.redisUrl });
}
