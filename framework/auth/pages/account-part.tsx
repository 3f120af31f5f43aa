import type { Context, Hono } from "hono";
import { z } from "zod";
import { readForm, sendUpload, setFlash } from "../../forms/index.ts";
import { redirectTo } from "../../html/index.ts";
import type { AuthPart } from "../auth.ts";
import type { AuthServices } from "../auth-services.ts";
import { isRecentLogin, RequireLogin, RequireRecentLogin } from "../guards.ts";
import { checkOwnPassword, keepOnly } from "../login.ts";
import { paths } from "../paths.ts";
import { requestFacts } from "../safeguards/audit-log.ts";
import { normalizeEmail } from "../users/user.ts";
import { type AccountForm, AccountPage } from "./account-page.tsx";
import { type FormState, tooManyAttempts, withProblems } from "./auth-form.tsx";
import { sendPasswordChanged } from "./auth-mails.tsx";
import { askForChange } from "./change-email-part.tsx";
import {
  checkboxField,
  emailField,
  nameField,
  newPasswordFields,
  passwordField,
  passwordsDiffer,
  passwordsMatch,
  pictureField,
  wrongPassword,
} from "./fields.tsx";
import { forMember, type MemberRequest } from "./member-request.ts";

const profileSchema = z.object({ name: nameField, picture: pictureField, without_picture: checkboxField });
const emailSchema = z.object({ email: emailField });
const passwordSchema = z
  .object({ current_password: passwordField, ...newPasswordFields })
  .refine(passwordsMatch, passwordsDiffer);
const deleteSchema = z.object({ confirmation: z.string().max(300).catch("") });

/** The page of a user's own account: profile, email, password, sessions, and its deletion. */
export function accountPart(services: AuthServices): AuthPart {
  const on = (handle: (request: MemberRequest) => Promise<Response>) => forMember(services, handle);
  return {
    name: "account",
    mount(app: Hono) {
      app.get(
        paths.account,
        RequireLogin,
        on((request) => show(request)),
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

async function show({ services, c, user, session }: MemberRequest, form?: Problem): Promise<Response> {
  const page = (
    <AccountPage
      user={user}
      sessions={await services.sessions.list(user.id)}
      currentId={session.id}
      isRecent={isRecentLogin(c)}
      minPasswordLength={services.rules.minLength}
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

async function changeProfile(request: MemberRequest): Promise<Response> {
  const { services, c, user } = request;
  const form = await readForm(c, profileSchema);
  if (!form.ok) return show(request, { name: "profile", state: form });
  const { name, picture, without_picture: isRemoved } = form.data;
  const before = user.avatarUrl;
  const kept = isRemoved ? null : before;
  const avatarUrl = picture ? `${paths.pictures}/${await services.pictures.save(picture)}` : kept;
  await services.users.update(user.id, { name, avatarUrl });
  if (avatarUrl !== before) await deletePicture(services, before);
  await services.audit(c, { action: "profile-changed", userId: user.id });
  return done(c, "Your profile was saved.");
}

/** Asks the current address first, unless it was never confirmed. The response for a taken address is the same as for a free one. */
async function changeEmail(request: MemberRequest): Promise<Response> {
  const { services, c, user } = request;
  const form = await readForm(c, emailSchema);
  if (!form.ok) return show(request, { name: "email", state: form });
  const { email } = form.data;
  if (email === user.email) {
    return show(request, {
      name: "email",
      state: { old: { email }, problems: { email: ["This is already your email address."] } },
    });
  }
  const isConfirmed = user.emailVerifiedAt !== null;
  const { address } = requestFacts(c);
  let verdict = await services.limits.mail("change", email, address);
  if (verdict.ok && isConfirmed) verdict = await services.limits.mail("approve", user.email, address);
  if (!verdict.ok) {
    const { status, problems } = tooManyAttempts(c, verdict.retryAfterMs);
    return show(request, { name: "email", state: { old: { email }, problems }, status });
  }
  services.later.run(() => askForChange(services, user, email));
  await services.audit(c, { action: "email-change-asked", userId: user.id });
  return done(c, `To change your email to ${email}, open the link we sent to ${isConfirmed ? user.email : email}.`);
}

async function changePassword(request: MemberRequest): Promise<Response> {
  const { services, c, user, session } = request;
  const form = await readForm(c, passwordSchema);
  if (!form.ok) return show(request, { name: "password", state: { problems: form.problems } });
  const { current_password: current, password } = form.data;
  const weak = services.rules.check(password, user);
  if (weak.length > 0) return show(request, { name: "password", state: { problems: { password: weak } } });
  const check = await checkOwnPassword(services, c, { user, password: current });
  if (!check.ok && check.reason === "limited") {
    const { status, problems } = tooManyAttempts(c, check.retryAfterMs);
    return show(request, { name: "password", state: { problems }, status });
  }
  if (!check.ok) {
    return show(request, { name: "password", state: { problems: { current_password: [wrongPassword] } } });
  }
  await services.users.update(user.id, { passwordHash: await services.passwords.hash(password) });
  await services.tokens.deleteForUser(user.id);
  await keepOnly(services, c, { session, reason: "password-changed" });
  await services.audit(c, { action: "password-changed", userId: user.id });
  services.later.run(() => sendPasswordChanged(services, user));
  return done(c, "Your password was changed, and your other devices were logged out.");
}

async function revokeOthers({ services, c, user, session }: MemberRequest): Promise<Response> {
  const count = await services.sessions.endAll(user.id, "revoked", session.id);
  await services.audit(c, { action: "sessions-revoked", userId: user.id, details: { count } });
  return done(c, "Your other devices were logged out.");
}

async function revokeOne({ services, c, user }: MemberRequest): Promise<Response> {
  const wasThere = await services.sessions.end(user.id, c.req.param("id") ?? "", "revoked");
  if (wasThere) await services.audit(c, { action: "session-revoked", userId: user.id });
  return done(c, wasThere ? "The device was logged out." : "That device was already logged out.");
}

async function deleteAccount(request: MemberRequest): Promise<Response> {
  const { c, user } = request;
  const form = await readForm(c, deleteSchema);
  if (!form.ok || normalizeEmail(form.data.confirmation) !== user.email) {
    const problems = { confirmation: [`Enter ${user.email} to confirm.`] };
    return show(request, { name: "delete", state: { problems } });
  }
  const { auth } = c.var;
  await auth.deleteUser(user.id);
  await auth.logOut(c);
  c.header("Clear-Site-Data", '"cache"');
  setFlash(c, "success", "Your account was deleted.");
  return redirectTo(c, paths.login);
}

/** Deletes the picture file behind a URL if it is one of ours; apps can set other URLs. */
export async function deletePicture({ pictures }: Pick<AuthServices, "pictures">, url: string | null): Promise<void> {
  if (url?.startsWith(`${paths.pictures}/`)) await pictures.delete(url.slice(paths.pictures.length + 1));
}
