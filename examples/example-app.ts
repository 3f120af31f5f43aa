import { fileURLToPath } from "node:url";
import { serveStatic } from "@hono/node-server/serve-static";
import { bodyLimit, browserFilesFolder, KitError, refuseCrossSite } from "buffkit";
import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";

const shared = fileURLToPath(new URL(".", import.meta.url));
const buffkit = browserFilesFolder();

/**
 * A plain Hono app with what all examples need: strict headers, the stylesheet, and the browser files of the example (at `/page/`)
 * and of Buffkit (at `/buffkit/`).
 */
export function createExampleApp(browserFiles: URL): Hono {
  const app = new Hono();
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        connectSrc: ["'self'"],
        imgSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
      strictTransportSecurity: false,
    }),
    bodyLimit({ maxBytes: 16 * 1024 }),
    refuseCrossSite(),
  );
  app.get("/example.css", serveStatic({ root: shared }));
  app.get("/favicon.ico", serveStatic({ path: `${buffkit}/logo.svg` }));
  app.get("/page/*", serveStatic({ root: fileURLToPath(browserFiles), rewriteRequestPath: withoutPrefix }));
  app.get("/buffkit/*", serveStatic({ root: buffkit, rewriteRequestPath: withoutPrefix }));
  app.onError((error) => {
    if (error instanceof KitError) return Response.json({ error: error.message }, { status: error.status });
    process.stderr.write(`${error.stack}\n`);
    return Response.json({ error: "Something went wrong." }, { status: 500 });
  });
  return app;
}

function withoutPrefix(path: string): string {
  return path.replace(/^\/[^/]+/, "");
}
