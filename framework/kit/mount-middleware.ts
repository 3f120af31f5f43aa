import type { Hono, MiddlewareHandler } from "hono";
import { componentExpansion } from "../../components/index.ts";
import { flash } from "../forms/index.ts";
import { type Layout, pageRenderer } from "../html/index.ts";
import { bodyLimit, csrf, hostAllowList, readClientAddress, requestId, secureHeaders } from "../secure/index.ts";
import type { Config } from "./config.ts";
import type { Kit } from "./kit.ts";
import { createErrorHandler, createNotFoundHandler, type ErrorPresenter } from "./on-error.tsx";
import { headerOptions } from "./secure-config.ts";

export interface MiddlewareOptions {
  readonly config: Config;
  readonly layout: Layout;
  readonly presenter: () => ErrorPresenter | undefined;
}

/**
 * The fixed order around every route: who asks, and may this host be asked → security headers → files (end here) → size of the body →
 * session and user → CSRF → flash → the page's frame → the routes → component expansion. Errors go to one handler.
 */
export function mountMiddleware(app: Hono, kit: Kit, options: MiddlewareOptions): void {
  const { config, layout, presenter } = options;
  const secure = config.secure ?? {};
  const isSecure = !kit.dev;
  const { appUrl, signer, log } = kit;
  app.onError(createErrorHandler({ log, presenter }));
  app.notFound(createNotFoundHandler());
  app.use(requestId(), readClientAddress({ trustProxy: config.trustProxy }));
  app.use(async function provideKit(c, next) {
    c.set("kit", kit);
    c.set("liveCursor", kit.broker.cursor);
    await next();
  });
  app.use(
    secureHeaders({
      ...headerOptions(config, originsOf(kit)),
      nonce: secure.nonce,
      scriptHashes: () => hashesOf(kit),
    }),
    hostAllowList({ appUrl, hosts: secure.hosts }),
    pageRenderer(layout),
    kit.assets.middleware(),
    bodyLimit(secure),
    config.auth === false ? withoutAccounts(kit) : kit.auth.middleware(),
    csrf({ appUrl, signer, isSecure, exempt: secure.csrfExempt, log }),
    flash({
      signer: { sign: (value) => signer.sign(value, "flash"), verify: (signed) => signer.verify(signed, "flash") },
      secureCookies: isSecure,
    }),
    componentExpansion(kit.components),
  );
}

/** Nobody is ever logged in, whatever cookies another app on this host has set. */
function withoutAccounts(kit: Kit): MiddlewareHandler {
  return async function withoutAccounts(c, next) {
    c.set("auth", kit.auth);
    c.set("user", null);
    c.set("session", null);
    await next();
  };
}

/** The hash of the inline import map, as the security headers take it: without quotes. */
function hashesOf(kit: Kit): string[] {
  return kit.importMap
    .cspSources()
    .filter((source) => source.startsWith("'"))
    .map((source) => source.slice(1, -1));
}

/** The other sites that pinned modules come from; none unless the app pinned one. */
function originsOf(kit: Kit): string[] {
  return kit.importMap.cspSources().filter((source) => !source.startsWith("'"));
}
