import type { Hono } from "hono";
import { type MailTemplate, templatesOf } from "../../mail/index.ts";
import { silentLogger } from "../base/index.ts";
import { securityHeaders } from "../secure/index.ts";
import { startSSE } from "../sse/index.ts";
import { devGuard } from "./dev-guard.ts";
import type { DevKit } from "./dev-kit.ts";
import { mountDiagnosticsPage } from "./diagnostics/diagnostics-page.tsx";
import { mountJobsPages } from "./diagnostics/jobs-pages.tsx";
import { mountLivePage } from "./diagnostics/live-page.tsx";
import { mountMigrationsPage } from "./diagnostics/migrations-page.tsx";
import { mountPolicyReports } from "./diagnostics/policy-reports.ts";
import { type RequestLogOptions, requestLog } from "./diagnostics/request-log.ts";
import { mountErrorPages } from "./errors/error-presenter.tsx";
import { devInProduction } from "./errors.ts";
import { mountMailPages } from "./mail/mail-pages.tsx";
import { readTemplateFiles } from "./mail/template-files.ts";
import { mountTemplatePages } from "./mail/template-pages.tsx";
import { mountDevFiles } from "./page/dev-files.ts";
import { createDevEvents, type DevEvents } from "./reload/dev-events.ts";
import { liveReload } from "./reload/live-reload.ts";
import { appFolders, watchFiles } from "./reload/watch-files.ts";

export interface DevOptions {
  /** The folder of the app. Default: `kit.root`. */
  readonly root?: string;
  /** Folders whose assets and templates reload open pages when they change. Default: all folders of the app. */
  readonly watch?: readonly string[];
  /** Folders with modules that export mail templates. Default: all folders of the app. */
  readonly templateFolders?: readonly string[];
  /** Additional mail templates. */
  readonly templates?: readonly MailTemplate[];
  /** Where the request log goes; `false` turns it off. */
  readonly requestLog?: RequestLogOptions | false;
}

/** The development part. Mount it before all others, so that its middleware wraps them. */
export interface DevPart {
  readonly name: "dev";
  mount(app: Hono, kit: DevKit): void;
  close(): void;
}

/**
 * Everything for development only: the inbox at `/__mail`, diagnostics, live regions and jobs at `/__dev`, error pages, pending migrations, live
 * reload and the request log. Throws `DEV_IN_PRODUCTION` on a production kit. The kit closes it.
 */
export function createDevPart(options: DevOptions = {}): DevPart {
  const disposables: (() => void)[] = [];
  return {
    name: "dev",
    mount(app, kit) {
      if (kit.dev === false || process.env.NODE_ENV === "production") throw devInProduction();
      const events = createDevEvents({ isDraining: () => kit.isDraining === true });
      disposables.push(() => events.close());
      // Test runners print a report of their own.
      const isTest = process.env.NODE_ENV === "test" && options.requestLog === undefined;
      if (options.requestLog !== false && !isTest) app.use(requestLog(options.requestLog));
      app.use(liveReload(events));
      disposables.push(...mountPages(app, kit, { ...options, events }));
      disposables.push(...announceChanges(kit, { ...options, events }));
    },
    close() {
      for (const dispose of disposables.splice(0)) dispose();
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
  mountPolicyReports(app, { log: kit.log ?? silentLogger });
  app.get("/__dev/events", (c) => {
    const writer = startSSE(c, {
      log: kit.log ?? silentLogger,
      headers: { ...securityHeaders(), "Cache-Control": "no-store" },
      maxIdleMs: 0,
    });
    return events.join(writer, c.req.query("watch") === "stats");
  });
  const migrations = kit.migrator && mountMigrationsPage(app, { ...kit, migrator: kit.migrator, events, appName });
  const errors = mountErrorPages(app, { events, appName, insteadOf: migrations?.pageFor });
  kit.presentErrors?.(errors.present);
  if (kit.live) mountLivePage(app, { live: kit.live, events, appName });
  if (kit.jobs) mountJobsPages(app, { jobs: kit.jobs, events, appName });
  mountMail(app, kit, options);
  if (migrations) app.use(migrations.middleware);
  return [mountDiagnosticsPage(app, kit, { events, errors })];
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

function announceChanges(kit: DevKit, options: MountOptions): (() => void)[] {
  const { events } = options;
  const root = rootOf(kit, options);
  const folders = options.watch ?? appFolders(root);
  const stop = watchFiles({
    folders,
    log: kit.log ?? silentLogger,
    onChange: (kind) => (kind === "css" ? events.tell("css") : events.reload()),
  });
  const stopMail = kit.inbox?.onChange(() => events.tell("mail"));
  const stopLive = kit.live?.report.history.onChange(() => events.tell("live"));
  const stopJobs = kit.jobs?.onChange(() => events.tell("jobs"));
  return [stop, stopMail, stopLive, stopJobs].filter((close) => close !== undefined);
}

function rootOf(kit: DevKit, options: DevOptions): string {
  return options.root ?? kit.root ?? process.cwd();
}
