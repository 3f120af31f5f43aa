import type { Context, MiddlewareHandler } from "hono";
import type { Auth, LoginVerdict } from "./auth.ts";
import type { AuthServices } from "./auth-services.ts";
import { whenNotBusy } from "./passwords/passwords.ts";
import { requestFacts } from "./safeguards/audit-log.ts";
import type { Session, SessionEndReason } from "./sessions/session.ts";
import { normalizeEmail, publicUser, type User, type UserRecord } from "./users/user.ts";

/** The result of a login attempt. */
export type LoginResult =
  | { readonly ok: true; readonly user: User }
  | { readonly ok: false; readonly reason: "wrong" }
  | { readonly ok: false; readonly reason: "second-step" }
  | { readonly ok: false; readonly reason: "refused"; readonly message: string }
  | { readonly ok: false; readonly reason: "limited"; readonly retryAfterMs: number };

export interface Credentials {
  readonly email: string;
  readonly password: string;
  readonly isRemembered: boolean;
}

/**
 * Logs a user in with email and password. An unknown address, a disabled account and a wrong password all cause the same work and
 * the same response. While attempts are limited, not even the right password is checked.
 */
export async function logInByPassword(
  services: AuthServices,
  c: Context,
  credentials: Credentials,
): Promise<LoginResult> {
  const { users, passwords, limits, audit } = services;
  const email = normalizeEmail(credentials.email);
  const attempt = await limits.password(email, requestFacts(c).address);
  if (!attempt.ok) {
    if (attempt.isFirst) await audit(c, { action: "login-limited" });
    return { ok: false, reason: "limited", retryAfterMs: attempt.retryAfterMs };
  }
  const user = await users.findByEmail(email);
  const check = await whenNotBusy(c, () => passwords.check(credentials.password, user?.passwordHash ?? null));
  if (!user || !check.ok || user.disabledAt !== null) {
    await audit(c, { action: "login-failed", userId: user?.id ?? null });
    return { ok: false, reason: "wrong" };
  }
  await attempt.succeeded();
  const verdict = await runBeforeLogin(services, c, publicUser(user));
  if (!verdict.ok) return { ok: false, reason: "refused", message: verdict.message };
  if (check.isOutdated) await users.update(user.id, { passwordHash: await passwords.hash(credentials.password) });
  const isStillRight = async (now: UserRecord) => {
    // Turning on the second step ends sessions that started without a code, and must not miss this one.
    if (await services.secondFactors.isOn(user.id)) return false;
    return now.passwordHash === user.passwordHash || (await passwords.check(credentials.password, now.passwordHash)).ok;
  };
  if (await services.secondFactors.isOn(user.id)) {
    const record = (await users.findById(user.id)) ?? user;
    services.pending.write(c, record, credentials.isRemembered);
    return { ok: false, reason: "second-step" };
  }
  const login = { user: publicUser(user), isRemembered: credentials.isRemembered, isStillRight };
  if (!(await startSession(services, c, login))) return { ok: false, reason: "wrong" };
  return { ok: true, user: publicUser(user) };
}

/**
 * Logs in after a new account's address was confirmed in the browser that registered it: that person chose the password and has read
 * the mail. Returns whether it did. A user who is already logged in stays logged in.
 */
export async function logInByRegistration(services: AuthServices, c: Context, user: User): Promise<boolean> {
  if (c.get("user") || !services.registration.isOf(c, user.id)) return false;
  if (await services.secondFactors.isOn(user.id)) return false;
  if (!(await runBeforeLogin(services, c, user)).ok) return false;
  return (await startSession(services, c, { user, isRemembered: false })) !== null;
}

async function runBeforeLogin({ hooks, audit }: AuthServices, c: Context, user: User): Promise<LoginVerdict> {
  const verdict = (await hooks.beforeLogin?.(user, c)) ?? { ok: true };
  if (!verdict.ok) {
    await audit(c, { action: "login-failed", userId: user.id, details: { reason: "refused by the app" } });
  }
  return verdict;
}

export interface LoginToStart {
  readonly user: User;
  readonly isRemembered: boolean;
  /** Checks again, once the session exists, that the user may log in; default: they may. */
  readonly isStillRight?: (now: UserRecord) => Promise<boolean>;
}

/**
 * Starts a session with a new token and ends the browser's previous one, so that no token known before a login works after it. Returns
 * null if the account was disabled or deleted, its password changed or its second step turned on in the meantime: those end all
 * sessions, and must not miss one that starts a moment later.
 */
export async function startSession(services: AuthServices, c: Context, login: LoginToStart): Promise<Session | null> {
  const { sessions, cookie, registration, users, clock, hooks, audit } = services;
  const before = c.get("session");
  if (before) await sessions.end(before.userId, before.id, "logout");
  const started = await sessions.start({
    userId: login.user.id,
    isRemembered: login.isRemembered,
    ...requestFacts(c),
  });
  const now = await users.findById(login.user.id);
  if (!now || now.disabledAt !== null || (await login.isStillRight?.(now)) === false) {
    const reason = !now ? "deleted" : now.disabledAt === null ? "password-changed" : "disabled";
    await sessions.end(login.user.id, started.session.id, reason);
    return null;
  }
  cookie.write(c, started);
  registration.drop(c);
  services.pending.drop(c);
  await users.update(login.user.id, { lastLoginAt: clock.now() });
  c.set("user", login.user);
  c.set("session", started.session);
  await audit(c, { action: "login", userId: login.user.id });
  await hooks.afterLogin?.(login.user, c);
  return started.session;
}

/**
 * Replaces this session's token and ends all other sessions of its user. In this order: if a copy of the old token is rotated at the
 * same moment, the resulting session ends with the others.
 */
export async function keepOnly(
  services: AuthServices,
  c: Context,
  kept: { readonly session: Session; readonly reason: SessionEndReason },
): Promise<void> {
  const { session, reason } = kept;
  const rotated = await services.sessions.rotate(session);
  await services.sessions.endAll(session.userId, reason, rotated?.session.id);
  if (rotated) services.cookie.write(c, rotated);
}

/** Checks the password of a logged-in user, under the same limits as a login. */
export async function checkOwnPassword(
  services: AuthServices,
  c: Context,
  given: { readonly user: User; readonly password: string },
): Promise<{ readonly ok: true; readonly record: UserRecord } | Exclude<LoginResult, { ok: true }>> {
  const attempt = await services.limits.password(given.user.email, requestFacts(c).address);
  if (!attempt.ok) return { ok: false, reason: "limited", retryAfterMs: attempt.retryAfterMs };
  const record = await services.users.findById(given.user.id);
  const check = await services.passwords.check(given.password, record?.passwordHash ?? null);
  if (!record || !check.ok) {
    await services.audit(c, { action: "password-confirm-failed", userId: given.user.id });
    return { ok: false, reason: "wrong" };
  }
  await attempt.succeeded();
  return { ok: true, record };
}

/** Ends this browser's session. */
export async function logOut({ sessions, cookie }: AuthServices, c: Context): Promise<void> {
  const session = c.get("session");
  if (session) await sessions.end(session.userId, session.id, "logout");
  cookie.drop(c);
  c.set("user", null);
  c.set("session", null);
}

/**
 * Sets the user and session of a request. Without a cookie there is no database query. A cookie that isn't valid anymore stays: by the
 * time this response arrives, the browser may have a new one, from a response to another request that changed the token.
 */
export function readSession({ cookie, sessions }: AuthServices, auth: Auth): MiddlewareHandler {
  return async function readSession(c, next) {
    c.set("auth", auth);
    c.set("user", null);
    c.set("session", null);
    const token = cookie.read(c);
    const found = token ? await sessions.recognize(token) : null;
    if (token && found) {
      c.set("user", publicUser(found.user));
      c.set("session", found.session);
      if (found.isRefreshed && found.session.isRemembered) cookie.write(c, { token, session: found.session });
    }
    await next();
  };
}
