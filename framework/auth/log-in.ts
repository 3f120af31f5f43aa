import type { Context } from "hono";
import { type AuthServices, type LoginVerdict, requestFacts, whenNotBusy } from "./auth-services.ts";
import type { Session, SessionEndReason } from "./sessions/session.ts";
import { normalizeEmail, publicUser, type User, type UserRecord } from "./users/user.ts";

/** What a try to log in came to. The first two failures look alike to the visitor except for the sentence. */
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
 * Logs somebody in by address and password. Whether the address is unknown, the account disabled or the password wrong, the
 * work and the answer are the same; while tries are limited a right password is not even looked at.
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
    await audit(c, { action: "login-limited" });
    return { ok: false, reason: "limited", retryAfterMs: attempt.retryAfterMs };
  }
  const user = await users.findByEmail(email);
  const check = await whenNotBusy(c, () => passwords.check(credentials.password, user?.passwordHash ?? null));
  if (!user || !check.ok || user.disabledAt !== null) {
    await audit(c, { action: "login-failed", userId: user?.id ?? null });
    return { ok: false, reason: "wrong" };
  }
  await attempt.succeeded();
  const verdict = await askApp(services, c, publicUser(user));
  if (!verdict.ok) return { ok: false, reason: "refused", message: verdict.message };
  if (check.isOutdated) await users.update(user.id, { passwordHash: await passwords.hash(credentials.password) });
  const isStillRight = async (now: UserRecord) => {
    // Turning it on ends the sessions that began without a code, and must not miss this one.
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
 * Logs in who confirmed the address of a new account in the browser that made it: the password was given there, the mail read
 * by the same person. Says whether it did; somebody who is logged in already stays so.
 */
export async function logInByRegistration(services: AuthServices, c: Context, user: User): Promise<boolean> {
  if (c.get("user") || !services.registration.isOf(c, user.id)) return false;
  if (await services.secondFactors.isOn(user.id)) return false;
  if (!(await askApp(services, c, user)).ok) return false;
  return (await startSession(services, c, { user, isRemembered: false })) !== null;
}

async function askApp({ hooks, audit }: AuthServices, c: Context, user: User): Promise<LoginVerdict> {
  const verdict = (await hooks.beforeLogin?.(user, c)) ?? { ok: true };
  if (!verdict.ok) {
    await audit(c, { action: "login-failed", userId: user.id, details: { reason: "refused by the app" } });
  }
  return verdict;
}

export interface LoginToStart {
  readonly user: User;
  readonly isRemembered: boolean;
  /** Whether what let this user in still does, now that the session is there; true unless given. */
  readonly isStillRight?: (now: UserRecord) => Promise<boolean>;
}

/**
 * Starts a session under a new token and ends the one that this browser had: nothing known before a log-in is good after it. Null when
 * the account was disabled or deleted, its password replaced or its second step turned on, while this was on its way: those end all
 * sessions, and must not miss one that began a moment later.
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
 * Gives this session a new token and ends all others of its user. In this order, so that a copy of the old token, exchanged for a new
 * one at the same moment, leads to a session that ends with the others.
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

/** Checks the password of somebody who is logged in already, under the same limits as a log-in. */
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
