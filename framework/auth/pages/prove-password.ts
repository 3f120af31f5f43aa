import type { Context } from "hono";
import type { Problems } from "../../forms/index.ts";
import type { AuthServices } from "../auth-services.ts";
import { checkOwnPassword, logInByPassword } from "../login.ts";
import type { User } from "../users/user.ts";
import { tooManyAttempts, withProblems } from "./auth-form.tsx";
import { wrongPassword } from "./fields.tsx";

/** Whether somebody knows the password of an account, or how the form comes back. */
export type PasswordProof =
  | { readonly ok: true }
  | { readonly ok: false; readonly status: 422 | 429; readonly problems: Problems };

/**
 * Checks the password of an account whose mailed link was opened, under the limits of a login. If nobody is logged in, it's a login, as far
 * as the second step and the app allow one.
 */
export async function provePassword(
  services: AuthServices,
  c: Context,
  { user, password }: { readonly user: User; readonly password: string | undefined },
): Promise<PasswordProof> {
  if (!password) return { ok: false, status: withProblems(c), problems: { password: ["Enter your password."] } };
  const result = c.get("user")
    ? await checkOwnPassword(services, c, { user, password })
    : await logInByPassword(services, c, { email: user.email, password, isRemembered: false });
  if (result.ok || result.reason === "second-step" || result.reason === "refused") return { ok: true };
  if (result.reason === "limited") return { ok: false, ...tooManyAttempts(c, result.retryAfterMs) };
  return { ok: false, status: withProblems(c), problems: { password: [wrongPassword] } };
}
