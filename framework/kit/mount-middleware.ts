import type { Hono, MiddlewareHandler } from "hono";
import { requestId } from "hono/request-id";
import { componentExpansion } from "../../components/index.ts";
import { flash, formPosts } from "../forms/index.ts";
import { pageRenderer } from "../html/index.ts";
import {
  bodyLimit,
  csrf,
  hostAllowList,
  limitUnreadResponses,
  logRefusals,
  policyReportsPath,
  readClientAddress,
  refuseNul,
  type SecurityHeadersOptions,
  secureHeaders,
  varyOn,
  warnAboutRedirects,
} from "../secure/index.ts";
import type { ErrorPresenter, Kit } from "./kit.ts";
import { createErrorHandler, createNotFoundHandler } from "./pages/on-error.tsx";
import { wrapThrownValues } from "./pages/wrap-thrown-values.ts";
import type { Settings } from "./settings/resolve-config.ts";

export type MiddlewareSettings = Pick<Settings, "auth" | "layout" | "secure" | "secureCookies" | "trustProxy">;

/**
 * The fixed order around every route: request id and client address → log of refusals → security headers → host check → static files
 * (end here) → body limit → session and user → CSRF → flash → forms → no NUL → the route. Components are expanded on the way out. All
 * errors go to one handler.
 */
export function mountMiddleware(
  app: Hono,
  kit: Kit,
  settings: MiddlewareSettings & { readonly presenter: () => ErrorPresenter | undefined },
): void {
  const { auth, layout, secure, secureCookies, trustProxy, presenter } = settings;
  const { appUrl, signer, log } = kit;
  app.onError(createErrorHandler({ log, presenter, dev: kit.dev }));
  app.notFound(createNotFoundHandler({ log, icon: () => kit.assets.url("logo.svg") }));
  // Without a header name the id is always our own, never one that a client chose. `secureHeaders` sends it.
  app.use(
    requestId({ headerName: "" }),
    readClientAddress({ trustProxy, log }),
    limitUnreadResponses({ ...secure.unread, log }),
  );
  app.use(async function provideKit(c, next) {
    c.set("kit", kit);
    c.set("liveCursor", kit.broker.pageCursor);
    c.set("ownStreams", kit.broker.ownStreams);
    c.set("liveRegions", kit.live);
    await next();
  });
  if (kit.dev) app.use(warnAboutRedirects({ log }));
  app.use(
    logRefusals({ log }),
    secureHeaders({ ...pageHeaders(secure.headers, kit), nonce: secure.nonce }),
    wrapThrownValues(),
    hostAllowList({ appUrl, hosts: secure.hosts, isExplained: kit.dev }),
    pageRenderer(layout, { log }),
    kit.assets.middleware(),
    varyOn(["Accept", "Cookie", "HX-Request", "HX-Request-Type"]),
    bodyLimit(secure.bodyLimit),
    auth.isEnabled ? kit.auth.middleware() : withoutAccounts(kit),
    csrf({
      ...{ appUrl, signer, log },
      isSecure: secureCookies,
      exempt: secure.csrfExempt,
      isLoopbackOneSite: kit.dev,
    }),
    flash({
      signer: { sign: (value) => signer.sign(value, "flash"), verify: (signed) => signer.verify(signed, "flash") },
      secureCookies,
      log,
    }),
    formPosts({ ...kit, secureCookies, visitor: (c) => c.var.user?.id ?? "" }),
    refuseNul(),
    componentExpansion(kit.components),
    // The routes' own, so that the middleware above finishes its work.
    wrapThrownValues(),
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

/** Pages may also run the inline import map, and load modules from the other origins that it names. */
function pageHeaders(headers: SecurityHeadersOptions, { dev, importMap }: Kit): SecurityHeadersOptions {
  const isHash = (source: string) => source.startsWith("'");
  const origins = importMap.cspSources().filter((source) => !isHash(source));
  const scripts = [...(headers.addToPolicy?.["script-src"] ?? []), ...origins];
  return {
    ...headers,
    addToPolicy: {
      ...headers.addToPolicy,
      "script-src": scripts,
      ...(dev ? { "report-uri": [policyReportsPath] } : {}),
    },
    // The security headers take hashes without their quotes.
    scriptHashes: () =>
      importMap
        .cspSources()
        .filter(isHash)
        .map((source) => source.slice(1, -1)),
  };
}
