import { fileURLToPath } from "node:url";
import { serveStatic } from "@hono/node-server/serve-static";
import { bodyLimit, browserFilesFolder, KitError, refuseCrossSite } from "buffkit";
import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";

const none = ["'none'"];
const own = ["'self'"];

/** A plain Hono app, without `wire`: strict headers, the files in `public/`, and Buffkit's own files for browsers. */
export function createExampleApp(): Hono {
  const app = new Hono();
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: none,
        scriptSrc: own,
        styleSrc: own,
        connectSrc: own,
        imgSrc: own,
        baseUri: none,
        formAction: own,
        frameAncestors: none,
      },
      strictTransportSecurity: false,
    }),
    serveStatic({ root: fileURLToPath(new URL("public", import.meta.url)) }),
    serveStatic({ root: browserFilesFolder() }),
    bodyLimit({ maxBytes: 16 * 1024 }),
    refuseCrossSite(),
  );
  app.onError((error) => {
    if (error instanceof KitError) return Response.json({ error: error.message }, { status: error.status });
    process.stderr.write(`${error.stack}\n`);
    return Response.json({ error: "Something went wrong." }, { status: 500 });
  });
  return app;
}
