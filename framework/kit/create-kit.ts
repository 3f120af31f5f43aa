import type { Hono } from "hono";
import { version } from "../base/index.ts";
import { createMigrator, type Database, migrationFolders } from "../db/index.ts";
import { applyMigrations } from "./apply-migrations.ts";
import { Deadline, divideGrace, endsWithin } from "./deadline.ts";
import { Disposables } from "./disposables.ts";
import type { ErrorPresenter, Kit } from "./kit.ts";
import { mountMiddleware } from "./mount-middleware.ts";
import { arrangeParts, mountParts } from "./mount-parts.ts";
import type { Part } from "./part.ts";
import { builtInParts } from "./parts/built-in-parts.ts";
import { openServices } from "./services/open-services.ts";
import { checkConfig } from "./settings/check-config.ts";
import type { Config } from "./settings/config.ts";
import { resolveConfig, type Settings } from "./settings/resolve-config.ts";
import { formatBanner } from "./startup-banner.ts";

/** Parts that are mounted before all others: the development tools. */
export type LeadingParts = readonly Part[];

/**
 * Opens every service in order, mounts middleware and parts on the app, and starts the jobs. If a step fails, everything opened before is
 * closed again. Throws `KIT_CONFIG_INVALID` with all problems, and any error from opening the database, Redis or a part.
 */
export async function createKit(app: Hono, config: Config, leading: LeadingParts = []): Promise<Kit> {
  checkConfig(config);
  const settings = resolveConfig(config);
  const disposables = new Disposables();
  try {
    return await openKit(app, settings, { leading, disposables });
  } catch (error) {
    // Failures to close are in the log; the caller has to know why the kit could not be opened.
    await disposables.closeAll(new Deadline(standardGraceMs), settings.log).catch(() => undefined);
    throw error;
  }
}

/** How long closing takes at most. */
const standardGraceMs = 30_000;

interface OpenOptions {
  readonly leading: LeadingParts;
  readonly disposables: Disposables;
}

async function openKit(app: Hono, settings: Settings, { leading, disposables }: OpenOptions): Promise<Kit> {
  let presenter: ErrorPresenter | undefined;
  let isDraining = false;
  let closing: Promise<void> | undefined;
  const { dev, appName, appUrl, root, log, clock } = settings;
  const services = await openServices(settings, disposables);
  const { db } = services;
  const kit: Kit = {
    ...{ version, dev, appName, appUrl, root, log, clock },
    ...services,
    migrator: createMigrator(db, { folders: migrationFolders(root) }),
    get isDraining() {
      return isDraining;
    },
    drain() {
      isDraining = true;
    },
    countUsers: () => countUsers(db.withoutPlugins()),
    presentErrors(given) {
      presenter = given;
    },
    banner: (url) => formatBanner({ appName, url, appUrl, dev }),
    close({ graceMs = standardGraceMs } = {}) {
      isDraining = true;
      closing ??= closeKit(kit, disposables, graceMs);
      return closing;
    },
  };
  const isMigrated = await applyMigrations(kit, settings.database.migrate);
  await kit.live.start(kit.broker);
  mountMiddleware(app, kit, { ...settings, presenter: () => presenter });
  const parts = arrangeParts(builtInParts(kit, settings), settings.parts);
  await mountParts(app, kit, { parts: [...leading, ...parts], disposables });
  // In development the worker waits until somebody has applied the migrations that its tables may need.
  if (settings.worker && isMigrated) await kit.jobs.start();
  return kit;
}

/** Jobs come first, because what they do may need everything else: they broadcast, send mail and use the parts. */
async function closeKit(kit: Kit, disposables: Disposables, graceMs: number): Promise<void> {
  const { totalMs, workMs } = divideGrace(graceMs);
  const deadline = new Deadline(totalMs);
  const stopping = kit.jobs.stop({ graceMs: workMs });
  await endsWithin(workMs + (totalMs - workMs) / 4, stopping).catch((error: unknown) => {
    kit.log.error({ err: error }, "stopping the jobs failed");
  });
  await disposables.closeAll(deadline, kit.log);
}

async function countUsers(db: Database): Promise<number> {
  const row = await db
    .selectFrom("users")
    .select((count) => count.fn.countAll().as("total"))
    .executeTakeFirst();
  return Number(row?.total ?? 0);
}
