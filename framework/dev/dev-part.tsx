import type { Hono } from "hono";
import { type MailTemplate, templatesOf } from "../../mail/index.ts";
import { silentLogger } from "../base/index.ts";
import { securityHeaders } from "../secure/index.ts";
import { startSSE } from "../sse/index.ts";
import { createDevEvents, type DevEvents } from "./dev-events.ts";
import { mountDevFiles } from "./dev-files.ts";
import { devGuard } from "./dev-guard.ts";
import type { DevKit } from "./dev-kit.ts";
import { mountDiagnosticsPages } from "./diagnostics-pages.tsx";
import { mountErrorPages } from "./error-presenter.tsx";
import { devInProduction } from "./errors.ts";
import { mountJobsPages } from "./jobs-pages.tsx";
import { liveReload } from "./live-reload.ts";
import { mountMailPages } from "./mail-pages.tsx";
import { mountMigrationsPage } from "./migrations-page.tsx";
import { type RequestLogOptions, requestLog } from "./request-log.ts";
import { readTemplateFiles } from "./template-files.ts";
import { mountTemplatePages } from "./template-pages.tsx";
import { appFolders, watchFiles } from "./watch-files.ts";

export interface DevOptions {
  /** The app's folder; the kit's unless given. */
  readonly root?: string | undefined;
  /** Folders whose assets and templates reload open pages when they change; all of the app's own unless given. */
  readonly watch?: readonly string[];
  /** Folders with modules that export mail templates; all of the app's own unless given. */
  readonly templateFolders?: readonly string[];
  /** Further mail templates. */
  readonly templates?: readonly MailTemplate[];
  /** Where the request log goes; `false` for none. */
  readonly requestLog?: RequestLogOptions | false;
}

/** The part, to be mounted before all others, so that its middleware is around them. */
export interface DevPart {
  readonly name: "dev";
  mount(app: Hono, kit: DevKit): void;
  close(): void;
}

/**
 * Everything for development alone: the inbox at `/__mail`, diagnostics and jobs at `/__dev`, error pages, pending migrations, live
 * reload, the request log. Refuses a production kit (`DEV_IN_PRODUCTION`). Closed by the kit.
 */
export function createDevPart(options: DevOptions = {}): DevPart {
  const closers: (() => void)[] = [];
  return {
    name: "dev",
    mount(app, kit) {
      if (kit.dev === false || process.env.NODE_ENV === "production") throw devInProduction();
      const events = createDevEvents({ isDraining: () => kit.isDraining === true });
      closers.push(() => events.close());
      // The tests of an app have a report of their own.
      const isTest = process.env.NODE_ENV === "test" && options.requestLog === undefined;
      if (options.requestLog !== false && !isTest) app.use(requestLog(options.requestLog));
      app.use(liveReload(events));
      closers.push(...mountPages(app, kit, { ...options, events }));
      closers.push(...tellChanges(kit, { ...options, events }));
    },
    close() {
      for (const close of closers.splice(0)) close();
    },
  };
}

interface MountOptions extends DevOptions {
  readonly events: DevEvents;
}

function mountPages(app: Hono, kit: DevKit, options: MountOptions): (() => void)[] {
  const { events } = options;
  const { appName, appUrl } = kit.mail;
  for (const path of ["/__dev", "/__dev/*", "/__mail", "/__mail/*"]) app.use(path, devGuard({ appUrl }));
  mountDevFiles(app);
  app.get("/__dev/events", (c) => {
    const writer = startSSE(c, {
      log: kit.log ?? silentLogger,
      headers: { ...securityHeaders(), "Cache-Control": "no-store" },
    });
    return events.join(writer, c.req.query("watch") === "stats");
  });
  const migrations = kit.migrator && mountMigrationsPage(app, { ...kit, migrator: kit.migrator, events, appName });
  const errors = mountErrorPages(app, { events, appName, insteadOf: migrations?.pageFor });
  kit.presentErrors?.(errors.present);
  if (kit.jobs) mountJobsPages(app, { jobs: kit.jobs, events, appName });
  mountMail(app, kit, options);
  if (migrations) app.use(migrations.middleware);
  return [mountDiagnosticsPages(app, kit, { events, errors })];
}

function mountMail(app: Hono, kit: DevKit, options: MountOptions): void {
  const root = rootOf(kit, options);
  const folders = options.templateFolders ?? appFolders(root);
  mountTemplatePages(app, {
    mail: kit.mail,
    events: options.events,
    hasInbox: kit.inbox !== undefined,
    templates: async () => [
      ...templatesOf(kit.mail.messages),
      ...(options.templates ?? []),
      ...(await readTemplateFiles(folders)),
    ],
  });
  if (kit.inbox) mountMailPages(app, { inbox: kit.inbox, events: options.events, appName: kit.mail.appName });
}

function tellChanges(kit: DevKit, options: MountOptions): (() => void)[] {
  const { events } = options;
  const root = rootOf(kit, options);
  const folders = options.watch ?? appFolders(root);
  const stop = watchFiles({
    folders,
    log: kit.log ?? silentLogger,
    onChange: (kind) => (kind === "css" ? events.tell("css") : events.reload()),
  });
  const stopMail = kit.inbox?.onChange(() => events.tell("mail"));
  const stopJobs = kit.jobs?.onChange(() => events.tell("jobs"));
  return [stop, stopMail, stopJobs].filter((close) => close !== undefined);
}

function rootOf(kit: DevKit, options: DevOptions): string {
  return options.root ?? kit.root ?? process.cwd();
}
