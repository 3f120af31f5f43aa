import type { Context, Next } from "hono";

/** Lets no other site change anything here. Browsers say where a request comes from; curl says nothing, and may. */
export async function onlySameOrigin(c: Context, next: Next): Promise<Response | undefined> {
  const site = c.req.header("sec-fetch-site") ?? "none";
  const isReading = c.req.method === "GET" || c.req.method === "HEAD";
  if (!isReading && site !== "same-origin" && site !== "none") return c.text("Forbidden", 403);
  await next();
  return undefined;
}
