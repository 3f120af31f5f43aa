import { Hono } from "hono";
import type { CreatedApp } from "../../kit/index.ts";

/**
 * The routes other sites may call (`secure.csrfExempt`). Sends the requests another site's page would send through the app's own
 * middleware, with the routes' handlers replaced, so that none of them runs.
 */
export async function csrfExemptRoutes({ app, kit }: CreatedApp): Promise<readonly string[]> {
  const isMiddleware = ({ method, path }: { method: string; path: string }) => method === "ALL" && path === "/*";
  const end = app.routes.findIndex((route) => !isMiddleware(route));
  const around = new Hono();
  for (const { handler } of app.routes.slice(0, end === -1 ? undefined : end)) around.use("*", handler);
  around.all("*", (c) => c.text("reached", 299 as never));
  const unsafe = app.routes.slice(Math.max(end, 0)).filter(({ method }) => /^(?:POST|PUT|PATCH|DELETE)$/.test(method));
  const names = new Set<string>();
  for (const { method, path } of unsafe) {
    const headers = { "Sec-Fetch-Site": "cross-site", Origin: "https://elsewhere.invalid" };
    const answer = await around.request(new URL(samplePath(path), kit.appUrl), { method, headers });
    if (answer.status === 299) names.add(`${method} ${path}`);
  }
  return [...names];
}

/** A path that matches a pattern such as `/boards/:board/*`. */
function samplePath(path: string): string {
  return path.replace(/\/:[^/]+/g, "/1").replaceAll("*", "1");
}
