import type { Context, Hono } from "hono";
import { z } from "zod";
import { readForm, sendUpload, setFlash } from "../../forms/index.ts";
import { redirectTo } from "../../html/index.ts";
import type { AuthPart } from "../auth.ts";
import { type AuthServices, requestFacts } from "../auth-services.ts";
import { isRecentLogin, RequireLogin, RequireRecentLogin } from "../guards.ts";
import { checkOwnPassword, keepOnly } from "../log-in.ts";
import { paths } from "../paths.ts";
import type { Session } from "../sessions/session.ts";
import { normalizeEmail, type User } from "../users/user.ts";
import { type AccountForm, AccountPage } from "./account-page.tsx";
import { sendPasswordChanged } from "./auth-mails.tsx";
import { askForChange } from "./email-change.ts";
import { type FormState, tooManyTries, withProblems } from "./form-answer.ts";
import { checkboxField, emailField, nameField, passwordField, pictureField } from "./form-schemas.ts";
import { deletePicture } from "./pictures.ts";

const profileSchema = z.object({ name: nameField, picture: pictureField, without_picture: checkboxField });
const emailSchema = z.object({ email: emailField });
const passwordSchema = z
  .object({ current_password: passwordField, password: passwordField, password_confirmation: z.string().catch("") })
  .refine((data) => data.password === data.password_confirmation, {
    path: ["password_confirmation"],
    error: "The two passwords differ.",
  });
const deleteSchema = z.object({ confirmation: z.string().max(300).catch("") });

/** One request to the account pages, by somebody who is logged in. */
interface Visit {
  readonly services: AuthServices;
  readonly c: Context;
  readonly user: User;
  readonly session: Session;
}

type Answer = (visit: Visit) => Promise<Response>;

/** The page of one's own account: profile, address, password, devices, and the end of it. */
export function accountPart(services: AuthServices): AuthPart {
  const on = (answer: Answer) => (c: Context) => {
    const { user, session } = c.var;
    return user && session ? answer({ services, c, user, session }) : redirectTo(c, paths.login);
  };
  return {
    name: "account",
    mount(app: Hono) {
      app.get(
        paths.account,
        RequireLogin,
        on((visit) => show(visit)),
      );
      app.get(`${paths.pictures}/:name`, (c) => sendUpload(c, services.pictures, c.req.param("name")));
      app.post(`${paths.account}/profile`, RequireLogin, on(changeProfile));
      app.post(`${paths.account}/email`, RequireRecentLogin, on(changeEmail));
      app.post(`${paths.account}/password`, RequireRecentLogin, on(changePassword));
      app.post(`${paths.account}/sessions/revoke-others`, RequireRecentLogin, on(revokeOthers));
      app.post(`${paths.account}/sessions/:id/revoke`, RequireRecentLogin, on(revokeOne));
      app.post(`${paths.account}/delete`, RequireRecentLogin, on(deleteAccount));
    },
  };
}

interface Problem {
  readonly name: AccountForm;
  readonly state: FormState;
  readonly status?: 422 | 429;
}

async function show({ services, c, user, session }: Visit, form?: Problem): Promise<Response> {
  const page = (
    <AccountPage
      user={user}
      sessions={await services.sessions.list(user.id)}
      currentId={session.id}
      isRecent={isRecentLogin(c)}
      minPasswordLength={services.minPasswordLength}
      hasSecondFactor={await services.secondFactors.isOn(user.id)}
      {...(form ? { form } : {})}
    />
  );
  const status = form ? (form.status ?? withProblems(c)) : 200;
  return c.render(page, { title: "Your account", status });
}

function done(c: Context, text: string): Response {
  setFlash(c, "success", text);
  return redirectTo(c, paths.account);
}

async function changeProfile(visit: Visit): Promise<Response> {
  const { services, c, user } = visit;
  const form = await readForm(c, profileSchema);
  if (!form.ok) return show(visit, { name: "profile", state: form });
  const { name, picture, without_picture: isRemoved } = form.data;
  const before = user.avatarUrl;
  const kept = isRemoved ? null : before;
  const avatarUrl = picture ? `${paths.pictures}/${await services.pictures.save(picture)}` : kept;
  await services.users.update(user.id, { name, avatarUrl });
  if (avatarUrl !== before) await deletePicture(services, before);
  await services.audit(c, { action: "profile-changed", userId: user.id });
  return done(c, "Your profile is saved.");
}

/**
 * The present address is asked first, unless it was never confirmed, then the new one. A taken address is answered in the same
 * way as a free one.
 */
async function changeEmail(visit: Visit): Promise<Response> {
  const { services, c, user } = visit;
  const form = await readForm(c, emailSchema);
  if (!form.ok) return show(visit, { name: "email", state: form });
  const { email } = form.data;
  if (email === user.email) {
    return show(visit, {
      name: "email",
      state: { old: { email }, problems: { email: ["This is your address already."] } },
    });
  }
  const isConfirmed = user.emailVerifiedAt !== null;
  const { address } = requestFacts(c);
  let verdict = await services.limits.mail("change", email, address);
  if (verdict.ok && isConfirmed) verdict = await services.limits.mail("approve", user.email, address);
  if (!verdict.ok) {
    const { status, problems } = tooManyTries(c, verdict.retryAfterMs);
    return show(visit, { name: "email", state: { old: { email }, problems }, status });
  }
  services.later.run(() => askForChange(services, user, email));
  await services.audit(c, { action: "email-change-asked", userId: user.id });
  return done(c, `To change to ${email}, follow the link that we have sent to ${isConfirmed ? user.email : email}.`);
}

async function changePassword(visit: Visit): Promise<Response> {
  const { services, c, user, session } = visit;
  const form = await readForm(c, passwordSchema);
  if (!form.ok) return show(visit, { name: "password", state: { problems: form.problems } });
  const { current_password: current, password } = form.data;
  const weak = services.rules(password, user);
  if (weak.length > 0) return show(visit, { name: "password", state: { problems: { password: weak } } });
  const check = await checkOwnPassword(services, c, { user, password: current });
  if (!check.ok && check.reason === "limited") {
    const { status, problems } = tooManyTries(c, check.retryAfterMs);
    return show(visit, { name: "password", state: { problems }, status });
  }
  if (!check.ok) {
    return show(visit, { name: "password", state: { problems: { current_password: ["The password is wrong."] } } });
  }
  await services.users.update(user.id, { passwordHash: await services.passwords.hash(password) });
  await services.tokens.deleteForUser(user.id);
  await keepOnly(services, c, { session, reason: "password-changed" });
  await services.audit(c, { action: "password-changed", userId: user.id });
  services.later.run(() => sendPasswordChanged(services, user));
  return done(c, "Your password is changed. All other devices are logged out.");
}

async function revokeOthers({ services, c, user, session }: Visit): Promise<Response> {
  const count = await services.sessions.endAll(user.id, "revoked", session.id);
  await services.audit(c, { action: "sessions-revoked", userId: user.id, details: { count } });
  return done(c, "All other devices are logged out.");
}

async function revokeOne({ services, c, user }: Visit): Promise<Response> {
  const wasThere = await services.sessions.end(user.id, c.req.param("id") ?? "", "revoked");
  if (wasThere) await services.audit(c, { action: "session-revoked", userId: user.id });
  return done(c, wasThere ? "The device is logged out." : "That device was logged out already.");
}

async function deleteAccount(visit: Visit): Promise<Response> {
  const { c, user } = visit;
  const form = await readForm(c, deleteSchema);
  if (!form.ok || normalizeEmail(form.data.confirmation) !== user.email) {
    const problems = { confirmation: [`Enter ${user.email} to confirm.`] };
    return show(visit, { name: "delete", state: { problems } });
  }
  const { auth } = c.var;
  await auth.deleteUser(user.id);
  await auth.logOut(c);
  c.header("Clear-Site-Data", '"cache"');
  setFlash(c, "success", "Your account is deleted.");
  return redirectTo(c, paths.login);
}
