import { Hono } from "hono";
import type { User } from "../auth/index.ts";
import type { Kit } from "../kit/index.ts";

/**
 * Logs a user in without a password. The answer is the value of a `Cookie` header, for `app.request(path, { headers: { Cookie } })`
 * or, split at `=`, for a browser.
 */
export async function logInAs(kit: Kit, user: User): Promise<string> {
  const door = new Hono();
  door.use(kit.auth.middleware());
  door.get("/", async (c) => {
    await kit.auth.logIn(c, user);
    return c.body(null, 204);
  });
  const answer = await door.request("/");
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
  return cookies.join("; ");
}
