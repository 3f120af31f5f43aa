import { Hono } from "hono";
import type { User } from "../auth/index.ts";
import type { Kit } from "../kit/index.ts";

/**
 * Logs a user in without a password. Returns the value of a `Cookie` header, for `app.request(path, { headers: { Cookie } })` or, split
 * at `=`, for a browser.
 */
export async function logInAs(kit: Kit, user: User): Promise<string> {
  const app = new Hono();
  app.use(kit.auth.middleware());
  app.get("/", async (c) => {
    await kit.auth.logIn(c, user);
    return c.body(null, 204);
  });
  const response = await app.request("/");
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
  return cookies.join("; ");
}
