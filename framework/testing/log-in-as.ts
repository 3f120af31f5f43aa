import { Hono } from "hono";
import type { User } from "../auth/index.ts";
import type { Kit } from "../kit/index.ts";
import { loginFailed } from "./errors.ts";

/**
 * Logs a user in without a password. Returns the value of a `Cookie` header, for `app.request(path, { headers: { Cookie } })` or, split
 * at `=`, for a browser. Throws `TESTING_LOGIN_FAILED` if there is no session afterwards, because the user isn't stored or is disabled.
 */
export async function logInAs(kit: Kit, user: User): Promise<string> {
  const app = new Hono();
  app.use(kit.auth.middleware());
  app.post("/", async (c) => {
    await kit.auth.logIn(c, user);
    return c.body(null, 204);
  });
  app.get("/", (c) => c.text(c.get("user")?.id ?? ""));
  app.onError((cause) => {
    throw loginFailed({ id: user.id, cause });
  });
  const response = await app.request("/", { method: "POST" });
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
  const header = cookies.join("; ");
  const check = await app.request("/", { headers: { Cookie: header } });
  if ((await check.text()) !== user.id) throw loginFailed({ id: user.id });
  return header;
}
