import { existsSync } from "node:fs";
import { join } from "node:path";
import { createComponents, type Registry } from "../../../components/index.ts";
import { type Assets, createAssets, createImportMap, type ImportMap } from "../../assets/index.ts";
import { type Database, openDatabase } from "../../db/index.ts";
import { createJobs, type Jobs } from "../../jobs/index.ts";
import { LiveRegions } from "../../live/index.ts";
import {
  createDatabaseRateLimits,
  createRateLimiter,
  createRedisRateLimits,
  createSigner,
  type RateLimiter,
  type Signer,
} from "../../secure/index.ts";
import type { Disposables } from "../disposables.ts";
import { packageFolder } from "../package-folder.ts";
import type { Settings } from "../settings/resolve-config.ts";
import { openAuth } from "./open-auth.ts";
import { endStreamsWithSessions, openBroker } from "./open-broker.ts";
import { openMail } from "./open-mail.ts";
import { reportSeparateProcesses } from "./separate-processes.ts";

/** Opens all services of a kit, in the order in which they depend on each other. */
export async function openServices(settings: Settings, disposables: Disposables) {
  const signer = createSigner(settings.secrets);
  const db = await openAppDatabase(settings, disposables);
  // Plugins of the app may rename columns.
  const own = db.withoutPlugins();
  const jobs = disposables.keep("jobs", await openJobs(settings, own));
  reportSeparateProcesses(settings);
  const components = createComponents({ dev: settings.dev });
  const live = disposables.keep("live regions", openLiveRegions(settings, { db, signer, components }));
  const broker = disposables.keep("broker", openBroker({ ...settings, regions: live }, signer));
  await broker.ready;
  const limiter = disposables.keep("rate limits", await openLimiter(settings, own));
  const { mail, inbox } = openMail(settings, { jobs, signer });
  disposables.keep("mail", mail);
  if (inbox) disposables.keep("inbox", inbox);
  const auth = openAuth(settings, { db: own, mail, limiter, signer });
  endStreamsWithSessions(auth, broker);
  disposables.add("accounts", () => auth.idle());
  return { signer, db, jobs, broker, components, live, limiter, mail, inbox, auth, ...openAssets(settings) };
}

function openLiveRegions(
  { log, dev, parts }: Pick<Settings, "log" | "dev" | "parts">,
  { components, ...services }: { readonly db: Database; readonly signer: Signer; readonly components: Registry },
): LiveRegions {
  const expand = (html: string) => components.expand(html);
  return new LiveRegions({ ...services, log, dev, parts, expand, userId: (c) => c.var.user?.id });
}

async function openAppDatabase(
  { database, log }: Pick<Settings, "database" | "log">,
  disposables: Disposables,
): Promise<Database> {
  if (database.open) return database.open;
  const db = await openDatabase(database.url, { ...database.options, log });
  disposables.add("database", () => db.destroy());
  return db;
}

async function openJobs(settings: Pick<Settings, "jobs" | "redisUrl" | "log" | "clock">, db: Database): Promise<Jobs> {
  const { jobs, redisUrl, log, clock } = settings;
  return await createJobs({ ...jobs, db, redisUrl, log, clock });
}

/** Counts in the app's own store, in Redis if the app uses it, otherwise in the database, so that limits apply across restarts and to all nodes. */
async function openLimiter(
  { limits, redisUrl, clock }: Pick<Settings, "limits" | "redisUrl" | "clock">,
  db: Database,
): Promise<RateLimiter> {
  if (limits.store) return createRateLimiter({ store: limits.store });
  const store = redisUrl
    ? await createRedisRateLimits(redisUrl, limits.redisPrefix)
    : createDatabaseRateLimits({ db, dialect: db.dialect, clock });
  return createRateLimiter({ store });
}

/** The framework's files for development only, which nobody may even load in production. */
const developmentFiles = ["dev.css", "dev.js", "live-warnings.js"];

/** The app's public files, over the framework's: a file at the same path replaces the framework's. */
function openAssets({ root, dev, log, importMap }: Pick<Settings, "root" | "dev" | "log" | "importMap">): {
  readonly assets: Assets;
  readonly importMap: ImportMap;
} {
  const roots = [join(root, "public"), packageFolder("public")].filter((folder) => existsSync(folder));
  const hidden = dev ? [] : developmentFiles.map((name) => join(packageFolder("public"), name));
  const assets = createAssets({ roots: [...new Set(roots)], dev, hidden, log });
  return { assets, importMap: createImportMap({ ...importMap, assets, log }) };
}
